import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionDetail, ConnectorCard } from '@/lib/contracts/connections'
import { CONNECTION_ID, exampleCard, exampleConnection, field } from '../testing/example-connection'
import { fakeApi, refusal } from '../testing/fake-api'
import { renderPage } from '../testing/render-page'
import { ConnectionPage } from './connection-page'

const router = vi.hoisted(() => ({ replace: vi.fn() }))
vi.mock('next/navigation', () => ({ useRouter: () => router }))

const PLACE = `/api/v1/admin/connections/${CONNECTION_ID}`
const NO_BALANCE = { received: 0, delivered: 0, waiting: 0, duplicates: 0, dead: 0, difference: 0 }

/** The page over a connection that the test changes as the server would. */
async function page(first: ConnectionDetail, card: ConnectorCard = exampleCard()) {
  const server = { connection: first }
  const requests = fakeApi({
    'GET /api/v1/connectors': () => ({ body: { items: [card] } }),
    [`GET ${PLACE}`]: () => ({ body: server.connection }),
    [`GET ${PLACE}/balance`]: () => ({ body: NO_BALANCE }),
    [`PATCH ${PLACE}`]: ({ body }) => {
      const { settings, reopenSetup } = body as { settings?: { secret?: string }; reopenSetup?: true }
      const setupUntil = reopenSetup ? '2026-11-21T03:10:00Z' : server.connection.setupUntil
      server.connection = settings?.secret
        ? { ...server.connection, state: 'active', setupUntil: null, secretsSet: ['secret'] }
        : { ...server.connection, setupUntil }
      return { body: server.connection }
    },
    [`POST ${PLACE}/test`]: () => ({
      body: { checks: [{ name: 'secret', label: '密钥', ok: true, detail: '已填写' }] },
    }),
    [`DELETE ${PLACE}`]: () => ({ status: 204 }),
  })
  renderPage(<ConnectionPage id={CONNECTION_ID} />)
  await pass(0)
  return { server, requests }
}

/** Lets time go by, and all that it sets off. */
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }))
  await pass(0)
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime('2026-11-21T02:05:00Z')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const call = (at: string) => ({
  at,
  bytes: 27,
  headers: { 'x-id': 'd-1' },
  query: 'nonce=1',
  body: '{"op":"test"}',
})

describe('a connection in set-up', () => {
  it('shows the address to copy and waits for the vendor’s test', async () => {
    await page(exampleConnection())
    expect(screen.getByLabelText('推送地址')).toHaveValue(`https://huixin.test/api/webhooks/${CONNECTION_ID}`)
    expect(screen.getByText('等待测试请求…')).toBeVisible()
    expect(screen.getByText(/接收窗口还有/)).toHaveTextContent('25:00')
  })

  it('tells within two seconds that the test arrived, and what it held', async () => {
    const { server } = await page(exampleConnection())
    server.connection = { ...server.connection, setupCalls: [call('2026-11-21T02:05:01Z')] }
    await pass(1600)
    expect(screen.getByText('收到测试请求 10:05')).toBeVisible()
    expect(screen.queryByText('等待测试请求…')).not.toBeInTheDocument()
    expect(screen.getByText(/"op":"test"/)).toHaveTextContent('?nonce=1 x-id: d-1')
  })

  it('says when the window has closed, stops asking, and opens it again', async () => {
    const { requests } = await page(exampleConnection({ setupUntil: '2026-11-21T02:05:03Z' }))
    await pass(4500)
    expect(screen.getByText(/接收窗口已关闭/)).toBeVisible()
    const before = requests.length
    await pass(3000)
    expect(requests.length - before).toBeLessThanOrEqual(1)
    await press('再开 30 分钟')
    expect(requests.at(-1)).toMatchObject({ method: 'PATCH', body: { reopenSetup: true } })
    expect(screen.getByText('等待测试请求…')).toBeVisible()
  })

  it('goes on to the remaining steps once the secret is saved', async () => {
    const { requests } = await page(exampleConnection({ setupCalls: [call('2026-11-21T02:04:00Z')] }))
    const step = screen.getByText('生成密钥').closest('li')!
    fireEvent.change(within(step).getByLabelText('标签 secret'), { target: { value: 'generated' } })
    await pass(0)
    fireEvent.click(within(step).getByRole('button', { name: '保存' }))
    await pass(0)
    expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({
      settings: { secret: 'generated' },
    })
    expect(within(step).getByText('已保存。')).toBeVisible()
    await press('运行测试')
    expect(screen.getByText('已填写')).toBeVisible()
    await press('都做完了')
    expect(screen.queryByText('接入步骤')).not.toBeInTheDocument()
  })

  it('tells that what it shows may be old when the server is away', async () => {
    const { server } = await page(exampleConnection())
    Object.defineProperty(server, 'connection', {
      get: () => {
        throw new TypeError('no answer')
      },
    })
    await pass(1600)
    expect(screen.getByText(/没能更新，显示的可能不是最新的/)).toBeVisible()
  })
})

describe('a connection at work', () => {
  const active = exampleConnection({ state: 'active', setupUntil: null, secretsSet: ['secret'] })

  it('says what fails, since when, and what is done about it', async () => {
    await page({
      ...active,
      state: 'failing',
      failingSince: '2026-11-21T01:10:00Z',
      lastError: '连不上 oa.example',
    })
    expect(screen.getByRole('alert')).toHaveTextContent(/09:10 起出错连不上 oa.example会一直自动重试/)
  })

  const turnedAway = (at: string, reason = 'signature_wrong') => ({ at, reason, address: null, sample: '' })
  const refused = (...minutes: number[]) =>
    minutes.map((minute) => turnedAway(`2026-11-21T01:${String(minute).padStart(2, '0')}:00Z`))

  it('tells in the vendor’s words that the push may be off there, once many were refused in a row', async () => {
    const card = exampleCard({ pushOff: '可能已自动停用' })
    const lastSuccessAt = '2026-11-21T01:10:00Z'
    const last = [turnedAway('2026-11-21T01:30:00Z', 'setup_over'), ...refused(24, 23, 22, 21, 9, 8, 7)]
    const { server } = await page({ ...active, lastSuccessAt, refusals: { counts: {}, last } }, card)
    expect(screen.queryByText('可能已自动停用')).not.toBeInTheDocument()

    const more = turnedAway('2026-11-21T01:31:00Z', 'signature_missing')
    server.connection = { ...server.connection, refusals: { counts: {}, last: [more, ...last] } }
    await pass(15_100)
    expect(screen.getByText('最近 5 次推送的签名都没有对上')).toBeVisible()
    expect(screen.getByText('可能已自动停用')).toBeVisible()

    server.connection = { ...server.connection, lastSuccessAt: '2026-11-21T01:32:00Z' }
    await pass(15_100)
    expect(screen.queryByText('可能已自动停用')).not.toBeInTheDocument()
  })

  it('tells nothing of it where the card has no words for it', async () => {
    await page({ ...active, refusals: { counts: {}, last: refused(9, 8, 7, 6, 5) } })
    expect(screen.queryByText(/签名都没有对上/)).not.toBeInTheDocument()
  })

  it('speaks of pushes at the secret they are signed with, and at no other', async () => {
    const { fields, guide } = exampleCard()
    const card = {
      fields: [...fields, field('apiKey', 'secret')],
      guide: [...guide, { id: 'apiKey', title: '填接口密钥', text: '可以不填' }],
    }
    await page(
      { ...active, secretsSet: ['secret', 'apiKey'], lastSuccessAt: '2026-11-21T02:04:00Z' },
      exampleCard(card),
    )
    await press('查看接入步骤')
    const step = (title: string) => screen.getByText(title).closest('li')
    expect(step('生成密钥')).toHaveTextContent('签名正确')
    expect(step('填接口密钥')).toHaveTextContent('已保存。')
    expect(step('填接口密钥')).not.toHaveTextContent('签名')
  })

  it('says until when the secret before is still taken', async () => {
    const previousSecret = { until: '2026-11-22T02:00:00Z' }
    await page({ ...active, settings: { ...active.settings, previousSecret } })
    expect(screen.getByText(/更换前的那个到 .*10:00.* 为止仍然有效/)).toBeInTheDocument()
  })

  it('sends only what was changed', async () => {
    const { requests } = await page(active)
    fireEvent.change(screen.getByLabelText('名称'), { target: { value: '总部' } })
    await pass(0)
    await press('保存')
    expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({ name: '总部' })
  })

  it('is removed only after its name was typed', async () => {
    const { requests } = await page(active)
    await press('删除')
    const dialog = screen.getByRole('alertdialog')
    expect(within(dialog).getByRole('button', { name: '删除' })).toBeDisabled()
    fireEvent.change(within(dialog).getByLabelText('输入「某系统」以确认'), { target: { value: '某系统' } })
    await act(async () => fireEvent.submit(dialog.querySelector('form')!))
    await pass(0)
    const sent = requests.find(({ method }) => method === 'DELETE')
    expect(sent?.query.get('purge')).toBe('true')
    expect(router.replace).toHaveBeenCalledWith('/settings/connections')
  })
})

it('says so when there is no such connection', async () => {
  fakeApi({
    'GET /api/v1/connectors': () => ({ body: { items: [] } }),
    [`GET ${PLACE}`]: () => refusal(404, 'not_found', '没有找到'),
  })
  renderPage(<ConnectionPage id={CONNECTION_ID} />)
  await pass(0)
  expect(screen.getByText('没有这个连接')).toBeVisible()
})

describe('single sign-on', () => {
  const ssoUrls = {
    handshake: 'https://huixin.test/api/sso/1/handshake',
    entry: 'https://huixin.test/api/sso/1/enter',
  }

  it('has its addresses where the system can do it', async () => {
    await page(exampleConnection({ state: 'active', ssoUrls }))
    expect(screen.getByLabelText('验证身份的地址')).toHaveValue(ssoUrls.handshake)
    expect(screen.getByLabelText('进来的地址')).toHaveValue(ssoUrls.entry)
    expect(screen.getByText(/从这里打开「某系统」时/)).toBeVisible()
  })

  it('is not spoken of elsewhere', async () => {
    await page(exampleConnection({ state: 'active' }))
    expect(screen.queryByText('单点登录')).toBeNull()
  })
})
