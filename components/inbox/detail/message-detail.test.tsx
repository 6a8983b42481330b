import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { MessageDetail as Detail } from '@/lib/contracts/messages'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { renderInbox, serveApi } from '../fixtures/render-inbox'
import { MessageDetail } from './message-detail'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh() {}, push() {} }), usePathname: () => '/' }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const read = '2026-11-21T03:00:00.000Z'
const aDetail = (over: Partial<Detail> = {}): Detail => ({
  ...aMessage({ id: '7', connector: 'office' }),
  text: null,
  fields: [],
  changes: [],
  events: [],
  syncError: null,
  ...over,
})
const show = (over: Partial<Detail> = {}, options: Parameters<typeof renderInbox>[1] = {}) => {
  const calls = serveApi({
    'GET /api/v1/messages/7': () => aDetail(over),
    'POST /api/v1/messages/actions': () => ({ changed: 1, undo: 'token' }),
  })
  const onWish = vi.fn()
  renderInbox(<MessageDetail id="7" onWish={onWish} onOpen={() => {}} />, options)
  const acted = () => calls.filter(({ path }) => path.endsWith('/actions')).map(({ body }) => body)
  return { onWish, acted }
}

describe('a message', () => {
  it('has one primary button: its original, in another tab', async () => {
    show({ readAt: read })
    const link = await screen.findByRole('link', { name: '在办公中打开' })
    expect(link).toHaveAttribute('href', '/api/v1/messages/7/open')
    expect(link).toHaveAttribute('target', '_blank')
    expect(link).toHaveAttribute('rel', 'noopener')
  })

  it('says so where there is no original', async () => {
    show({ readAt: read, hasLink: false })
    expect(await screen.findByText('这条消息没有链接')).toBeVisible()
    expect(screen.queryByRole('link')).toBeNull()
  })

  it('shows fields, changes and the text as text', async () => {
    show({
      readAt: read,
      fields: [{ label: '原因', value: '<img src=x onerror=alert(1)>' }],
      changes: [{ label: '状态', from: '待审', to: '' }],
      text: '原因: <img src=x onerror=alert(1)>\n状态: 待审→',
    })
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeVisible()
    expect(document.querySelector('img')).toBeNull()
    const changes = screen.getByRole('region', { name: '改动' })
    expect(changes).toHaveTextContent('状态由 待审改为 空')
    expect(screen.getByText('全文')).toBeVisible()
  })

  it('tells its story', async () => {
    show({
      readAt: read,
      events: [
        { at: '2026-11-20T02:42:00Z', what: 'received', title: '有新的流程待办事项' },
        { at: '2026-11-20T02:50:00Z', what: 'urged', title: '有一条流程急需处理' },
        { at: read, what: 'read' },
      ],
    })
    const story = await screen.findByRole('region', { name: '经过' })
    const lines = within(story)
      .getAllByRole('listitem')
      .map((line) => line.querySelector('p')?.textContent)
    expect(lines).toEqual(['收到', '催办 有一条流程急需处理', '已读'])
  })

  it.each([
    ['pending', {}, '待同步到办公'],
    ['synced', {}, '已同步到办公'],
    ['failed', { syncError: '账号没有权限' }, '同步失败：账号没有权限'],
  ] as const)('says in the card’s words that telling the system is %s', async (sync, over, words) => {
    show({ readAt: read, sync, ...over })
    expect(await screen.findByText(words)).toBeVisible()
  })

  it('retries telling', async () => {
    const { acted } = show({ readAt: read, sync: 'failed' })
    await userEvent.click(await screen.findByRole('button', { name: '重试' }))
    expect(acted()).toEqual([{ action: 'retry', ids: ['7'] }])
  })

  it('says that unread cannot be told, once the system knows it as read', async () => {
    show({ sync: 'synced' }, { preferences: { markRead: 'byHand' } })
    expect(await screen.findByText('办公不能改回未读')).toBeVisible()
  })

  it('says when it cannot be found', async () => {
    serveApi({})
    renderInbox(<MessageDetail id="7" onWish={() => {}} onOpen={() => {}} />)
    expect(await screen.findByText('找不到这条消息')).toBeVisible()
    expect(screen.queryByRole('button', { name: '重试' })).toBeNull()
  })
})

describe('reading by opening', () => {
  const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

  it('marks read after a moment, once', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { acted } = show()
    await screen.findByRole('heading')
    await wait(900)
    expect(acted()).toEqual([])
    await wait(3_000)
    expect(acted()).toEqual([{ action: 'read', ids: ['7'] }])
  })

  it('does not with the preference "by hand"', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { acted } = show({}, { preferences: { markRead: 'byHand' } })
    await screen.findByRole('heading')
    await wait(5_000)
    expect(acted()).toEqual([])
  })

  it('does not in a tab that nobody looks at', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const { acted } = show()
    await screen.findByRole('heading')
    await wait(5_000)
    expect(acted()).toEqual([])
    visibility.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await wait(1_100)
    await waitFor(() => expect(acted()).toHaveLength(1))
    visibility.mockRestore()
  })
})
