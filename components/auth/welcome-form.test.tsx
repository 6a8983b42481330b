import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { NextIntlClientProvider } from 'next-intl'
import { afterEach, expect, it, vi } from 'vitest'
import { messagesFor } from '@/messages'
import { WelcomeForm } from './welcome-form'

const place = vi.hoisted(() => ({ enter: vi.fn() }))
vi.mock('./enter', () => ({ enter: place.enter }))
vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: vi.fn() }) }))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.clearAllMocks()
  window.location.hash = ''
})

const preferences = { markRead: 'onOpen', locale: 'auto', theme: 'system', density: 'comfortable' }
const someone = { id: '1', username: 'zhang', name: '张三', role: 'employee', preferences, timeZone: 'UTC' }
const refused = (status: number, code: string, fields?: Record<string, string>) =>
  Response.json({ error: { code, message: `服务器说：${code}`, fields } }, { status })

type Replies = { whose?: () => Response; accept?: () => Response }

function page(token: string, { whose, accept }: Replies = {}) {
  window.location.hash = token
  const sent: [path: string, body: unknown][] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    sent.push([address, JSON.parse(String(init.body))])
    if (address.endsWith('/accept')) return accept?.() ?? Response.json({ user: someone })
    return whose?.() ?? Response.json({ username: 'zhang', name: '张三' })
  })
  render(
    <NextIntlClientProvider locale="zh-CN" messages={messagesFor('zh-CN')} timeZone="Asia/Shanghai">
      <QueryClientProvider client={new QueryClient()}>
        <WelcomeForm />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  )
  return { user: userEvent.setup(), sent }
}

it('greets by name, sets the password once and goes in', async () => {
  const { user, sent } = page('token-1')
  expect(await screen.findByRole('heading', { name: '张三，设置一个密码' })).toBeVisible()
  expect(screen.getByLabelText('用户名')).toHaveValue('zhang')
  await user.type(screen.getByLabelText('密码'), 'correct horse{Enter}')
  await vi.waitFor(() => expect(place.enter).toHaveBeenCalledWith('/', preferences))
  expect(sent).toEqual([
    ['/api/auth/invitation', { token: 'token-1' }],
    ['/api/auth/invitation/accept', { token: 'token-1', password: 'correct horse' }],
  ])
})

it('does not send a password that is too short', async () => {
  const { user, sent } = page('token-1')
  await user.type(await screen.findByLabelText('密码'), 'short{Enter}')
  expect(screen.getByText('至少要 8 个字符')).toBeVisible()
  expect(screen.getByLabelText('密码')).toHaveFocus()
  expect(sent).toHaveLength(1)
})

it('lets the password be seen', async () => {
  const { user } = page('token-1')
  await user.type(await screen.findByLabelText('密码'), 'correct')
  await user.click(screen.getByRole('button', { name: '显示密码' }))
  expect(screen.getByLabelText('密码')).toHaveAttribute('type', 'text')
})

it.each([
  ['used or expired', 'token-1', () => refused(404, 'not_found')],
  ['cut off', 'x'.repeat(200), () => refused(400, 'invalid_input', { token: '太长' })],
])('says that a link is no good any more: %s', async (_, token, whose) => {
  page(token, { whose })
  expect(await screen.findByRole('heading', { name: '链接不能用了' })).toBeVisible()
  expect(screen.getByRole('link', { name: '去登录' })).toHaveAttribute('href', '/login')
})

it('asks nobody about an address without a token', async () => {
  const { sent } = page('')
  expect(await screen.findByRole('heading', { name: '链接不能用了' })).toBeVisible()
  expect(sent).toEqual([])
})

it('says so when the link was used meanwhile', async () => {
  const { user } = page('token-1', { accept: () => refused(404, 'not_found') })
  await user.type(await screen.findByLabelText('密码'), 'correct horse{Enter}')
  expect(await screen.findByRole('heading', { name: '链接不能用了' })).toBeVisible()
})

it('says what is wrong with the password in its field', async () => {
  const { user } = page('token-1', { accept: () => refused(400, 'invalid_input', { password: '太常见' }) })
  await user.type(await screen.findByLabelText('密码'), 'password{Enter}')
  expect(await screen.findByText('太常见')).toBeVisible()
})

it('keeps the link where the server could not be asked', async () => {
  let away = true
  const { user } = page('token-1', {
    whose: () => (away ? refused(503, 'unavailable') : Response.json({ username: 'zhang', name: '张三' })),
  })
  expect(await screen.findByRole('alert')).toHaveTextContent('服务器说：unavailable链接还在，可以再试。')
  away = false
  await user.click(screen.getByRole('button', { name: '重试' }))
  expect(await screen.findByLabelText('密码')).toBeVisible()
})

it('takes another link pasted into the same page', async () => {
  const { sent } = page('token-1')
  await screen.findByLabelText('密码')
  act(() => {
    window.location.hash = 'token-2'
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  })
  await vi.waitFor(() => expect(sent.at(-1)).toEqual(['/api/auth/invitation', { token: 'token-2' }]))
})
