import { act, fireEvent, screen } from '@testing-library/react'
import { useQuery } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RailSources } from '@/components/shell/rail-sources'
import { someCounts } from '@/lib/client/messages/fixtures/message'
import { countsQuery } from '@/lib/client/queries'
import { renderInbox, serveApi } from '../fixtures/render-inbox'
import { OutageNotice } from './outage-notice'

vi.mock('next/navigation', () => ({
  ...{ useRouter: () => ({ refresh() {}, push() {} }), usePathname: () => '/' },
  useSearchParams: () => new URLSearchParams(),
}))

const source = (id: string, name: string, failingSince: string | null, connector = 'office') => ({
  ...{ id, connector, name, failingSince },
})
type Sources = ReturnType<typeof source>[]

/** Sources as the server tells them, for the test to change. */
async function page(first: Sources) {
  const server = { connections: first }
  const calls = serveApi({ 'GET /api/v1/messages/counts': () => someCounts(server) })
  function Page() {
    return <OutageNotice counts={useQuery(countsQuery()).data} />
  }
  renderInbox(
    <>
      <Page />
      <RailSources />
    </>,
    { counts: someCounts(server) },
  )
  await pass(0)
  return { server, asked: () => calls.filter(({ path }) => path.endsWith('/counts')).length }
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
const said = () =>
  screen
    .queryAllByRole('listitem')
    .flatMap(({ textContent: text }) => (/起连不上/.test(text ?? '') ? [text] : []))

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
  vi.useFakeTimers()
  vi.setSystemTime('2026-11-21T06:10:00Z')
  sessionStorage.clear()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the notice of an outage', () => {
  it('says which source is out of reach and since when, one line each', async () => {
    await page([
      source('a', '总部', '2026-11-21T06:02:00Z'),
      source('b', '分公司', null),
      source('c', '表单', '2026-11-20T06:02:00Z', 'forms'),
    ])
    expect(said()).toEqual([
      '总部 从 14:02 起连不上，新消息会晚到；恢复后自动补齐。',
      '表单 从 昨天 14:02 起连不上，新消息会晚到；恢复后自动补齐。',
    ])
    // The rail says it as well: of the system, and of the connection where there are several.
    for (const name of [/^办公.*连不上/, /^总部.*连不上/, /^表单.*连不上/]) {
      expect(screen.getByRole('link', { name })).toBeVisible()
    }
    expect(screen.getByRole('link', { name: /^分公司/ })).not.toHaveAccessibleName(/连不上/)
  })

  it('waits a minute: most hiccups are over then', async () => {
    await page([source('a', '总部', '2026-11-21T06:09:30Z')])
    expect(said()).toEqual([])
    await pass(60_000)
    expect(said()).toHaveLength(1)
  })

  it('goes when the source is back, though nothing else happens', async () => {
    const { server, asked } = await page([source('a', '总部', '2026-11-21T06:02:00Z')])
    expect(said()).toHaveLength(1)
    server.connections = [source('a', '总部', null)]
    const before = asked()
    await pass(61_000)
    expect(asked() - before).toBe(1)
    expect(said()).toEqual([])
    expect(screen.queryByText('连不上，新消息会晚到')).not.toBeInTheDocument()
  })

  it('learns of an outage by itself, and asks seldom while all is well', async () => {
    const { server, asked } = await page([source('a', '总部', null)])
    server.connections = [source('a', '总部', '2026-11-21T06:11:00Z')]
    const before = asked()
    await pass(170_000)
    expect(asked() - before).toBe(0)
    await pass(15_000)
    expect(said()).toHaveLength(1)
  })

  it('is dismissed until the next outage', async () => {
    const { server } = await page([source('d', '总部', '2026-11-21T06:02:00Z')])
    fireEvent.click(screen.getByRole('button', { name: '不再提示' }))
    expect(said()).toEqual([])
    expect(sessionStorage.length).toBe(1)
    server.connections = [source('d', '总部', '2026-11-21T06:08:00Z')]
    await pass(61_000)
    expect(said()).toEqual(['总部 从 14:08 起连不上，新消息会晚到；恢复后自动补齐。'])
  })
})
