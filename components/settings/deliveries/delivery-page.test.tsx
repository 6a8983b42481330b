import { screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DeliveryDetail } from '@/lib/contracts/deliveries'
import { CONNECTION_ID, exampleCard } from '../testing/example-connection'
import { fakeApi, refusal } from '../testing/fake-api'
import { renderPage } from '../testing/render-page'
import { DeliveryPage } from './delivery-page'

const toast = vi.hoisted(() => ({ success: vi.fn() }))
vi.mock('sonner', () => ({ toast }))
const saved = vi.hoisted(() => vi.fn())
vi.mock('../files/save-file', async (original) => ({ ...(await original<object>()), saveFile: saved }))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

const BODY = '{"op":"flow","id":-6675423597613201249}'
const delivery = (more: Partial<DeliveryDetail> = {}): DeliveryDetail => ({
  id: '12',
  connectionId: CONNECTION_ID,
  connectionName: '总部',
  connector: 'example',
  receivedAt: '2026-11-21T02:00:00Z',
  verdict: 'accepted',
  reason: null,
  op: 'flow',
  title: '采购申请',
  sentAt: '2026-11-21T02:00:00Z',
  skewSeconds: 3,
  bytes: BODY.length,
  recipients: 2,
  duplicateOf: null,
  deliverId: 'd-1',
  bodyHash: 'ab12',
  query: 'nonce=n1&timestamp=1763690400',
  headers: { 'content-type': 'application/json' },
  body: BODY,
  bodyBase64: Buffer.from(BODY).toString('base64'),
  ledger: [
    { position: 0, externalId: 'R-1', name: '小云', state: 'delivered', reason: null },
    { position: 1, externalId: 'R-2', name: null, state: 'waiting', reason: null },
  ],
  ...more,
})

async function page(first: DeliveryDetail, replayed: () => object = () => ({ body: first })) {
  const requests = fakeApi({
    'GET /api/v1/connectors': () => ({
      body: { items: [exampleCard({ types: { flow: '流程待办' } })] },
    }),
    'GET /api/v1/admin/deliveries/12': () => ({ body: first }),
    'POST /api/v1/admin/deliveries/12/replay': replayed,
  })
  const { user } = renderPage(<DeliveryPage id="12" />)
  await screen.findByRole('heading', { level: 1, name: /采购申请/ })
  return { user, requests }
}

describe('a delivery', () => {
  it('says what became of each recipient, and leads to mapping those who wait', async () => {
    await page(delivery())
    const [first, second] = within(screen.getByRole('region', { name: '收件人（2）' })).getAllByRole(
      'listitem',
    )
    expect(first).toHaveTextContent('小云R-1已送达')
    expect(second).toHaveTextContent('R-2去对应待对应')
    expect(within(second!).getByRole('link', { name: '去对应R-2' })).toHaveAttribute(
      'href',
      `/settings/mappings?connection=${CONNECTION_ID}&q=R-2`,
    )
  })

  it('says how many recipients are not listed', async () => {
    await page(delivery({ recipients: 5000 }))
    expect(screen.getByText('只列出前 2 位，共 5000 位。')).toBeVisible()
  })

  it('says why it is a dead letter, and that its clock is far off', async () => {
    await page(
      delivery({ verdict: 'dead', reason: '内容不是 JSON', skewSeconds: 5400, ledger: [], body: 'a=1' }),
    )
    expect(screen.getByRole('alert')).toHaveTextContent('没有送给任何人。原文已保留。 原因：内容不是 JSON。')
    expect(screen.getByText('相差 90 分钟')).toBeVisible()
  })

  it('says nothing of a skew of seconds', async () => {
    await page(delivery())
    expect(screen.queryByText('时间差')).not.toBeInTheDocument()
  })

  it('leads from a copy to the first one, and does not replay it', async () => {
    await page(delivery({ verdict: 'duplicate', duplicateOf: '7' }))
    expect(screen.getByRole('link', { name: '查看第一次的推送' })).toHaveAttribute(
      'href',
      '/settings/deliveries/7',
    )
    expect(screen.queryByRole('button', { name: '重放' })).not.toBeInTheDocument()
  })
})

describe('its content', () => {
  it('is laid out without a digit changed, and there byte for byte', async () => {
    const { user } = await page(delivery())
    expect(screen.getByRole('region', { name: '排版' })).toHaveTextContent('"id": -6675423597613201249')
    await user.click(screen.getByRole('tab', { name: '原始字节' }))
    expect(screen.getByRole('region', { name: '原始字节' }).textContent).toBe(BODY)
    expect(screen.getByLabelText('内容的 SHA-256')).toHaveValue('ab12')
    await user.click(screen.getByRole('button', { name: '下载原文' }))
    const [name, bytes] = saved.mock.calls[0]!
    expect(name).toBe('delivery-12.json')
    expect(Buffer.from(bytes as Uint8Array).toString()).toBe(BODY)
  })

  it('is shown as it is where it is no JSON', async () => {
    await page(delivery({ body: '<html>', bodyBase64: btoa('<html>') }))
    expect(screen.queryByRole('tab', { name: '排版' })).not.toBeInTheDocument()
    expect(screen.getByRole('region', { name: '原始字节' })).toHaveTextContent('<html>')
  })

  it('is said to be gone once it is purged', async () => {
    await page(delivery({ body: null, bodyBase64: null, bytes: null }))
    expect(screen.getByText(/内容已清除/)).toBeVisible()
    expect(screen.queryByRole('button', { name: '重放' })).not.toBeInTheDocument()
  })
})

describe('replaying', () => {
  const replay = async (user: Awaited<ReturnType<typeof page>>['user']) => {
    await user.click(screen.getByRole('button', { name: '重放' }))
    const dialog = screen.getByRole('alertdialog')
    expect(dialog).toHaveAccessibleDescription(/不会造成重复/)
    await user.click(within(dialog).getByRole('button', { name: '重放' }))
  }

  it('shows what the push is now', async () => {
    const { user } = await page(delivery({ verdict: 'dead', reason: '读取时出错', ledger: [] }), () => ({
      body: delivery(),
    }))
    await replay(user)
    expect(await screen.findByText('已收下，按收件人分发。')).toBeVisible()
    expect(toast.success).toHaveBeenCalledWith('现在是「已送达」，2 位收件人')
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument()
  })

  it('says when nothing changed', async () => {
    const { user } = await page(delivery())
    await replay(user)
    await vi.waitFor(() => expect(toast.success).toHaveBeenCalledWith('重放完成，没有变化'))
  })

  it('says in the dialog why it could not be done', async () => {
    const { user } = await page(delivery(), () => refusal(409, 'conflict', '已清除内容的推送不能重放'))
    await replay(user)
    expect(await screen.findByText('已清除内容的推送不能重放')).toBeVisible()
    expect(toast.success).not.toHaveBeenCalled()
  })
})

it('says that there is no such delivery', async () => {
  fakeApi({
    'GET /api/v1/connectors': () => ({ body: { items: [] } }),
    'GET /api/v1/admin/deliveries/12': () => refusal(404, 'not_found', '没有'),
  })
  renderPage(<DeliveryPage id="12" />)
  expect(await screen.findByText('没有这条推送')).toBeVisible()
})
