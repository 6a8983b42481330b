import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import { exampleCard } from '../testing/example-connection'
import { fakeApi, refusal } from '../testing/fake-api'
import { renderPage } from '../testing/render-page'
import { ActivityPage } from './activity-page'
import { exampleHealth } from './testing/example-health'

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime('2026-11-21T02:05:00Z')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function page(first: ConnectionHealth[] | null) {
  const server = { connections: first }
  const requests = fakeApi({
    'GET /api/v1/connectors': () => ({ body: { items: [exampleCard()] } }),
    'GET /api/v1/admin/connections': () => ({ body: { items: [] } }),
    'GET /api/v1/admin/audit': () => ({ body: { items: [], nextCursor: null } }),
    'GET /api/v1/admin/health': () =>
      server.connections
        ? { body: { connections: server.connections, openPages: 2 } }
        : refusal(503, 'unavailable', '服务暂时不可用'),
  })
  renderPage(<ActivityPage />)
  await pass(10)
  return { server, requests }
}

describe('at a glance', () => {
  it('says that all is well', async () => {
    await page([exampleHealth(), exampleHealth({ id: 'b', name: '分部', state: 'setup' })])
    expect(screen.getByRole('status')).toHaveTextContent('一切正常1 个连接还在设置')
    expect(screen.getByText(/^收到 1,204 = /)).toHaveTextContent(
      '收到 1,204 = 送达 1,200 + 待对应 0 + 重复 4 + 死信 0',
    )
    expect(screen.getByText('差额 0')).toContainElement(screen.getByRole('img', { name: '对得上' }))
  })

  it('says what is to be passed on to a system, where anything is', async () => {
    await page([exampleHealth({ forwards: { pending: 3, refused: 1, unclear: 2 } })])
    const figure = screen.getByText('待转发').nextElementSibling
    expect(figure).toHaveTextContent('3 条被拒绝 1 条未确认 2 条')
  })

  it('counts the connections that are in trouble, puts them first and says what is wrong', async () => {
    await page([
      exampleHealth({ id: 'a', name: '好的' }),
      exampleHealth({
        id: 'b',
        name: '坏的',
        state: 'failing',
        lastError: '账号或密码不对',
        failingSince: '2026-11-21T01:50:00Z',
        retryAt: '2026-11-21T02:06:00Z',
      }),
    ])
    expect(screen.getByRole('status')).toHaveTextContent('1 个连接有问题')
    const [first] = screen.getAllByRole('heading', { level: 3 })
    expect(first).toHaveTextContent('坏的')
    const card = first!.closest('li')!
    expect(within(card).getByText('账号或密码不对')).toBeVisible()
    expect(within(card).getByText('09:50 起出错。 10:06 再试，恢复后会补上。')).toBeVisible()
  })

  it('leads to where people are mapped and dead letters are read', async () => {
    await page([exampleHealth({ unmapped: 2, waiting: 7, dead: 3 })])
    expect(screen.getByRole('link', { name: /2 人.*7 条消息在等/ })).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/settings\/mappings\?connection=.*&unmapped=true$/),
    )
    expect(screen.getByRole('link', { name: '3 条' })).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/settings\/deliveries\?connection=.*&verdict=dead$/),
    )
  })
})

it('asks anew every ten seconds, and does not call well what it could not ask', async () => {
  const { server } = await page([exampleHealth()])
  server.connections = [exampleHealth({ lagSeconds: 900 })]
  await pass(10_010)
  expect(screen.getByRole('status')).toHaveTextContent('1 个连接有问题')
  expect(screen.getByText('查询晚了 15 分钟，消息会来得慢。')).toBeVisible()
  server.connections = null
  await pass(10_010)
  expect(screen.queryByText('1 个连接有问题')).not.toBeInTheDocument()
  expect(screen.getByRole('alert')).toHaveTextContent('没能更新')
})

it('says what comes next where nothing is connected', async () => {
  await page([])
  expect(screen.getByRole('link', { name: '添加连接' })).toHaveAttribute('href', '/settings/connections/new')
})
