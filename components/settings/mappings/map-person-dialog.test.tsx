import { screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Mapping } from '@/lib/contracts/mappings'
import type { User } from '@/lib/contracts/users'
import { CONNECTION_ID } from '../testing/example-connection'
import { fakeApi, refusal } from '../testing/fake-api'
import { renderPage } from '../testing/render-page'
import { MapPersonDialog } from './map-person-dialog'

const toast = vi.hoisted(() => ({ success: vi.fn() }))
vi.mock('sonner', () => ({ toast }))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

const person: Mapping = {
  personId: '12',
  connectionId: CONNECTION_ID,
  connectionName: '总部',
  connector: 'example',
  externalId: 'R-1',
  loginName: null,
  name: '小云',
  user: null,
  resolving: false,
  error: null,
  waiting: 7,
  held: 0,
  firstSeenAt: '2026-11-21T02:00:00Z',
  lastSeenAt: '2026-11-21T02:00:00Z',
}
const user = (username: string, name: string, more: Partial<User> = {}): User => ({
  id: username,
  username,
  name,
  email: null,
  role: 'employee',
  disabled: false,
  createdAt: '2026-11-21T02:00:00Z',
  lastSeenAt: null,
  connections: [],
  ...more,
})
const CONFLICT = '李四已对应到「总部」的「小李」'

function dialog(mapping: Partial<Mapping> = {}, put: Parameters<typeof fakeApi>[0][string] = () => ({})) {
  const onClose = vi.fn()
  const requests = fakeApi({
    'GET /api/v1/admin/users': ({ query }) => ({
      body: {
        items: [
          user('lisi', '李四'),
          user('xiaoyun', '小云'),
          user('gone', '小云', { disabled: true }),
        ].filter(({ name, username }) => `${name}${username}`.includes(query.get('q') ?? '')),
        nextCursor: null,
      },
    }),
    'POST /api/v1/admin/users': ({ body }) => {
      const { name, username } = body as { name: string; username: string }
      return username === 'taken'
        ? refusal(409, 'name_taken', '这个名称已被使用')
        : { status: 201, body: user(username, name) }
    },
    'PUT /api/v1/admin/mappings': put,
  })
  const page = renderPage(<MapPersonDialog mapping={{ ...person, ...mapping }} onClose={onClose} />)
  const puts = () => requests.filter(({ method }) => method === 'PUT').map(({ body }) => body)
  return { ...page, puts, onClose }
}
const mapButton = () => screen.getByRole('button', { name: '对应' })
const mapped = (delivered: number) => ({ body: { personId: '12', delivered, state: 'mapped' } })

describe('mapping a person', () => {
  it('looks for the same name at once, and leaves out who is disabled', async () => {
    const { user: hands, puts, onClose } = dialog({}, () => mapped(7))
    const found = await screen.findAllByRole('option', { name: /小云/ })
    expect(found).toHaveLength(1)
    expect(found[0]).toHaveTextContent('同名')
    await hands.keyboard('{Enter}')
    expect(mapButton()).toHaveFocus()
    await hands.keyboard('{Enter}')
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(puts()).toEqual([{ connectionId: CONNECTION_ID, externalId: 'R-1', username: 'xiaoyun' }])
    expect(toast.success).toHaveBeenCalledWith('已对应给「小云」，送达 7 条消息')
  })

  it('uses the sign-in name while there is no id, and says that it is being looked up', async () => {
    const resolving = () => ({ status: 202, body: { personId: '12', delivered: 0, state: 'resolving' } })
    const { user: hands, puts } = dialog({ externalId: null, loginName: 'xiaoyun' }, resolving)
    await hands.click(await screen.findByRole('option', { name: /小云/ }))
    await hands.click(mapButton())
    await vi.waitFor(() =>
      expect(toast.success).toHaveBeenCalledWith(expect.stringContaining('查到这个人后自动生效')),
    )
    expect(puts()).toEqual([{ connectionId: CONNECTION_ID, loginName: 'xiaoyun', username: 'xiaoyun' }])
  })

  it('asks what becomes of earlier messages where there are some', async () => {
    const { user: hands, puts } = dialog({ held: 31 }, () => mapped(31))
    await hands.click(await screen.findByRole('option', { name: /小云/ }))
    expect(screen.getByRole('radio', { name: '不给' })).toBeChecked()
    await hands.click(screen.getByRole('radio', { name: '都给' }))
    await hands.click(mapButton())
    expect(puts()).toMatchObject([{ history: 'all' }])
  })

  it('makes a new employee on the way', async () => {
    const { user: hands, puts } = dialog({ name: '王五', loginName: 'wangwu' }, () => mapped(0))
    await hands.click(await screen.findByRole('option', { name: '新建员工' }))
    const username = screen.getByLabelText('用户名')
    expect(screen.getByLabelText('姓名')).toHaveValue('王五')
    expect(username).toHaveValue('wangwu')
    await hands.clear(username)
    await hands.type(username, 'taken{Enter}')
    expect(await screen.findByText('这个名称已被使用')).toBeVisible()
    await hands.clear(username)
    await hands.type(username, 'wangwu2{Enter}')
    await vi.waitFor(() => expect(mapButton()).toBeEnabled())
    await hands.click(mapButton())
    expect(puts()).toMatchObject([{ username: 'wangwu2' }])
  })
})

describe('a person or an employee who is mapped already', () => {
  const conflicted = async () => {
    const page = dialog({}, ({ body }) =>
      (body as { replace?: boolean }).replace ? mapped(7) : refusal(409, 'already_mapped', CONFLICT),
    )
    await page.user.clear(await screen.findByRole('combobox'))
    await page.user.click(await screen.findByRole('option', { name: /李四/ }))
    await page.user.click(mapButton())
    await screen.findByRole('alert')
    return page
  }

  it('is named, with what replacing means, and nothing is changed yet', async () => {
    const { onClose, puts } = await conflicted()
    expect(screen.getByRole('alert')).toHaveTextContent(CONFLICT)
    expect(screen.getByRole('alert')).toHaveTextContent('原来那位不再看到这些消息')
    expect(screen.getByRole('radio', { name: '不给' })).toHaveAccessibleDescription(/换了人/)
    expect(screen.getByRole('radio', { name: '都给' })).toHaveAccessibleDescription(/之前对应错了/)
    expect(puts()).toHaveLength(1)
    expect(onClose).not.toHaveBeenCalled()
  })

  it('is replaced on demand, with the choice about earlier messages', async () => {
    const { user: hands, puts, onClose } = await conflicted()
    await hands.click(screen.getByRole('radio', { name: '都给' }))
    await hands.click(screen.getByRole('button', { name: '替换' }))
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(puts()[1]).toEqual({
      connectionId: CONNECTION_ID,
      externalId: 'R-1',
      username: 'lisi',
      replace: true,
      history: 'all',
    })
  })

  it('is not replaced by another choice that was not asked about', async () => {
    const { user: hands, puts } = await conflicted()
    await hands.click(screen.getByRole('button', { name: '换一位' }))
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
    await hands.click(await screen.findByRole('option', { name: /小云/ }))
    await hands.click(mapButton())
    expect(puts()[1]).toEqual({ connectionId: CONNECTION_ID, externalId: 'R-1', username: 'xiaoyun' })
  })
})

it('says what else went wrong', async () => {
  const { user: hands } = dialog({}, () => refusal(503, 'unavailable', '服务暂时不可用'))
  await hands.click(await screen.findByRole('option', { name: /小云/ }))
  await hands.click(mapButton())
  expect(await within(screen.getByRole('dialog')).findByRole('alert')).toHaveTextContent('服务暂时不可用')
})
