import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { NextIntlClientProvider } from 'next-intl'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { messagesFor } from '@/messages'
import { LoginForm } from './login-form'

const place = vi.hoisted(() => ({ search: '', replace: vi.fn(), enter: vi.fn() }))
vi.mock('next/navigation', () => ({
  useRouter: () => ({ replace: place.replace, refresh: vi.fn() }),
  useSearchParams: () => new URLSearchParams(place.search),
}))
vi.mock('./enter', () => ({ enter: place.enter }))

const preferences = { markRead: 'onOpen', locale: 'auto', theme: 'system', density: 'comfortable' }
const someone = {
  id: '1',
  username: 'a',
  name: '甲',
  role: 'employee',
  preferences,
  timeZone: 'Asia/Shanghai',
}

type Reply = { status: number; body: unknown; headers?: Record<string, string> }
const refused = (status: number, code: string, headers?: Record<string, string>): Reply => ({
  status,
  body: { error: { code, message: `服务器说：${code}` } },
  headers,
})

function page(reply: Reply | null, { search = '', setupNeeded = false } = {}) {
  place.search = search
  const sent: unknown[] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    if (address === '/api/setup') return Response.json({ needed: setupNeeded })
    sent.push(JSON.parse(String(init.body)))
    if (!reply) throw new TypeError('no answer')
    return Response.json(reply.body, { status: reply.status, headers: reply.headers })
  })
  render(
    <NextIntlClientProvider locale="zh-CN" messages={messagesFor('zh-CN')} timeZone="Asia/Shanghai">
      <QueryClientProvider client={new QueryClient()}>
        <LoginForm />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  )
  return sent
}
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
const submit = async (username = 'a', password = 'secret-1') => {
  fireEvent.change(screen.getByLabelText('用户名'), { target: { value: username } })
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: password } })
  fireEvent.submit(screen.getByLabelText('密码').closest('form')!)
  await pass(0)
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

describe('signing in', () => {
  it('goes to the place one came from', async () => {
    const sent = page({ status: 200, body: { user: someone } }, { search: 'next=%2Fsettings%2Fpeople' })
    await submit(' a ')
    expect(sent).toEqual([{ username: 'a', password: 'secret-1' }])
    expect(place.enter).toHaveBeenCalledWith('/settings/people', preferences)
  })

  it('never leaves this site', async () => {
    page({ status: 200, body: { user: someone } }, { search: 'next=%2F%2Fevil.example' })
    await submit()
    expect(place.enter).toHaveBeenCalledWith('/', preferences)
  })

  it('sends nothing while something is missing, and goes there', async () => {
    const sent = page(null)
    await submit('a', '')
    expect(sent).toEqual([])
    expect(screen.getByLabelText('密码')).toHaveFocus()
  })

  it('says that the name or the password is wrong and keeps the name', async () => {
    page(refused(401, 'wrong_credentials'))
    await submit()
    expect(screen.getByRole('alert')).toHaveTextContent('用户名或密码不对')
    expect(screen.getByLabelText('用户名')).toHaveValue('a')
    expect(screen.getByLabelText('密码')).toHaveFocus()
  })

  it('counts down after too many attempts', async () => {
    const sent = page(refused(429, 'too_many_attempts', { 'retry-after': '2' }))
    await submit()
    const button = screen.getByRole('button', { name: '2 秒后可以再试' })
    expect(button).toBeDisabled()
    fireEvent.submit(button.closest('form')!)
    await pass(1000)
    expect(sent).toHaveLength(1)
    expect(screen.getByRole('button', { name: '1 秒后可以再试' })).toBeDisabled()
    await pass(1000)
    expect(screen.getByRole('button', { name: '登录' })).toBeEnabled()
    expect(screen.getByRole('alert')).toHaveTextContent('现在可以再试了')
  })

  it('says when nothing answers', async () => {
    page(null)
    await submit()
    expect(screen.getByRole('alert')).toHaveTextContent('连不上服务器')
  })
})

describe('the page', () => {
  it('says why one is here after a session ended', () => {
    page(null, { search: 'ended=1&next=%2F' })
    expect(screen.getByRole('status')).toHaveTextContent('登录已过期')
  })

  it('shows and hides the password', () => {
    page(null)
    fireEvent.click(screen.getByRole('button', { name: '显示密码' }))
    expect(screen.getByLabelText('密码')).toHaveAttribute('type', 'text')
    fireEvent.click(screen.getByRole('button', { name: '隐藏密码' }))
    expect(screen.getByLabelText('密码')).toHaveAttribute('type', 'password')
  })

  it('leads to setting up where nobody can sign in yet', async () => {
    page(null, { setupNeeded: true })
    await pass(0)
    expect(place.replace).toHaveBeenCalledWith('/setup')
  })
})
