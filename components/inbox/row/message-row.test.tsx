import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { renderInbox, serveApi } from '../fixtures/render-inbox'
import { MessageRow } from './message-row'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh() {}, push() {} }), usePathname: () => '/' }))
beforeEach(() => serveApi({}))
afterEach(() => vi.unstubAllGlobals())

const handlers = () => ({ onOpen: vi.fn(), onPick: vi.fn(), onAct: vi.fn() })
const show = (
  over: Parameters<typeof aMessage>[0] = {},
  props: Partial<Parameters<typeof MessageRow>[0]> = {},
) => {
  const given = handlers()
  renderInbox(
    <MessageRow
      message={aMessage(over)}
      view="todo"
      source={{ name: '表单', letter: '表', hue: 178 }}
      compact={false}
      position={3}
      setSize={-1}
      active
      opened={false}
      picked={false}
      picking={false}
      {...given}
      {...props}
    />,
  )
  return { ...given, row: screen.getByRole('article') }
}

describe('a row', () => {
  it('is named by its state, both lines and its time, and knows its place', () => {
    const { row } = show({ sentAt: '2025-11-03T02:42:00Z', starredAt: '2026-11-21T02:42:00Z' })
    expect(row).toHaveAccessibleName(
      '未读, 有星标 采购申请 · 小云 · ¥12,300 有新的流程待办事项 2025年11月3日',
    )
    expect(row).toHaveAttribute('aria-posinset', '3')
    expect(row).toHaveAttribute('aria-setsize', '-1')
  })

  it('tells unread by more than colour', () => {
    show()
    expect(screen.getByText('采购申请 · 小云 · ¥12,300')).toHaveClass('font-semibold')
    expect(screen.getByText('未读')).toHaveClass('sr-only')
  })

  it('is quiet when it was read', () => {
    const { row } = show({ readAt: '2026-11-21T02:42:00Z' })
    expect(screen.getByText('采购申请 · 小云 · ¥12,300')).not.toHaveClass('font-semibold')
    expect(row).toHaveAccessibleName(/^已读 /)
  })

  it('gives the exact time on hover', () => {
    show({ sentAt: '2025-11-03T02:42:07Z' })
    expect(screen.getByText('2025年11月3日')).toHaveAttribute('title', '2025年11月3日 周一 10:42:07')
  })

  it('shows how many things and messages it is about', () => {
    show({ count: 5, threadCount: 3, marks: ['urge'], urgent: true })
    expect(screen.getByText('5 条')).toBeVisible()
    expect(screen.getByTitle('同一件事共 3 条消息')).toHaveTextContent('3')
    expect(screen.getByText('催办')).toBeVisible()
  })

  it('says in a search over everything that it is done, to those who only hear it too', () => {
    const { row } = show({ doneAt: '2026-11-21T02:42:00Z', readAt: '2026-11-21T02:42:00Z' }, { view: 'all' })
    expect(screen.getByText('已完成')).toBeVisible()
    expect(row).toHaveAccessibleName(/有新的流程待办事项\s*已完成/)
  })

  it('opens by a click that is plain, and is a link for the others', async () => {
    const { onOpen } = show({ id: '77' })
    const link = screen.getByRole('link')
    expect(link).toHaveAttribute('href', '/messages/77')
    await userEvent.click(link)
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('77')
  })

  it('is picked by its tile, with shift as a range', async () => {
    const { onPick, onOpen } = show({ id: '77' })
    const user = userEvent.setup()
    await user.click(screen.getByRole('checkbox', { name: '选择：采购申请 · 小云 · ¥12,300' }))
    await user.keyboard('{Shift>}')
    await user.click(screen.getByRole('checkbox'))
    expect(onPick.mock.calls).toEqual([
      ['77', false],
      ['77', true],
    ])
    expect(onOpen).not.toHaveBeenCalled()
  })

  it('offers what turns back what it is', async () => {
    const { onAct, row } = show({ readAt: '2026-11-21T02:42:00Z', starredAt: '2026-11-21T02:42:00Z' })
    const buttons = within(row)
      .getAllByRole('button')
      .map((button) => button.getAttribute('aria-label'))
    expect(buttons).toEqual(['完成', '去掉星标', '稍后', '标为未读'])
    await userEvent.click(within(row).getByRole('button', { name: '完成' }))
    expect(onAct).toHaveBeenCalledExactlyOnceWith('1', 'done')
  })
})
