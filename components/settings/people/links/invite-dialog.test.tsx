import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { User } from '@/lib/contracts/users'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { InviteDialog } from './invite-dialog'

afterEach(() => void vi.unstubAllGlobals())

const uuid = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`
const user = (digit: number, name: string, more: Partial<User> = {}): User => ({
  id: uuid(digit),
  username: `u${digit}`,
  name,
  email: null,
  role: 'employee',
  disabled: false,
  createdAt: '2026-11-21T02:00:00Z',
  lastSeenAt: null,
  connections: [],
  ...more,
})

function dialog(answer?: object) {
  const onClose = vi.fn()
  const requests = fakeApi({
    'GET /api/v1/admin/users': () => ({
      body: {
        items: [
          user(1, '新人甲'),
          user(2, '新人乙'),
          user(3, '停用的', { disabled: true }),
          user(4, '老员工', { lastSeenAt: '2026-11-20T02:00:00Z' }),
        ],
        nextCursor: null,
      },
    }),
    'POST /api/v1/admin/users/invite': ({ body }) =>
      answer ?? {
        body: {
          expiresAt: '2026-11-28T02:00:00Z',
          links: (body as { ids: string[] }).ids.map((id) => ({
            id,
            username: 'u',
            name: '某人',
            url: `https://huixin.test/welcome#${id}`,
          })),
        },
      },
  })
  const { user: hands } = renderPage(<InviteDialog onClose={onClose} />)
  return { hands, onClose, requests }
}

it('offers those who never signed in, and makes links for the chosen', async () => {
  const { hands, requests, onClose } = dialog()
  await screen.findByRole('checkbox', { name: /新人甲/ })
  expect(screen.queryByRole('checkbox', { name: /老员工|停用的/ })).not.toBeInTheDocument()
  await hands.click(screen.getByRole('checkbox', { name: '全选（2 人）' }))
  await hands.click(screen.getByRole('button', { name: '生成 2 个链接' }))
  expect(await screen.findByText(/只显示这一次/)).toHaveTextContent('2026年11月28日')
  expect(requests.at(-1)?.body).toEqual({ ids: [uuid(1), uuid(2)] })
  await hands.keyboard('{Escape}')
  expect(screen.getByRole('textbox', { name: '一次性链接' })).toBeVisible()
  expect(screen.getByText('关闭后不能再看到这些链接。')).toBeVisible()
  expect(onClose).not.toHaveBeenCalled()
  await hands.click(screen.getByRole('button', { name: '已存好，关闭' }))
  expect(onClose).toHaveBeenCalledOnce()
})

it('offers everybody who can sign in when asked to', async () => {
  const { hands } = dialog()
  await hands.click(await screen.findByRole('checkbox', { name: '只看从未登录过的' }))
  expect(screen.getByRole('checkbox', { name: /老员工/ })).toBeVisible()
  expect(screen.queryByRole('checkbox', { name: /停用的/ })).not.toBeInTheDocument()
})

it('says why there are no links', async () => {
  const { hands } = dialog(refusal(400, 'invalid_input', '已停用的用户不能邀请：u1'))
  await hands.click(await screen.findByRole('checkbox', { name: /新人甲/ }))
  await hands.click(screen.getByRole('button', { name: '生成 1 个链接' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('已停用的用户不能邀请：u1')
})
