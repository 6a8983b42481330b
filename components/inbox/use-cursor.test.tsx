import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Message } from '@/lib/contracts/messages'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { useCursor } from './use-cursor'
import { useUnseen } from './list/use-unseen'

const some = (...ids: string[]) =>
  ids.map((id) => aMessage({ id, sentAt: new Date(Date.UTC(2026, 10, 21, 0, Number(id))).toISOString() }))

describe('useCursor', () => {
  const setUp = (...ids: string[]) =>
    renderHook(
      ({ list, messages }: { list?: string; messages: Message[] }) => useCursor(list ?? 'todo', messages),
      {
        initialProps: { messages: some(...ids) } as { list?: string; messages: Message[] },
      },
    )

  it('goes to the row that takes the place of the one that left, and asks for the focus', () => {
    const { result, rerender } = setUp('5', '4', '3')
    act(() => result.current.place('4', false))
    const { tick } = result.current
    rerender({ messages: some('5', '3') })
    expect(result.current.activeId).toBe('3')
    expect(result.current.tick).toBe(tick + 1)
  })

  it('goes to the last row when the last one left', () => {
    const { result, rerender } = setUp('5', '4', '3')
    act(() => result.current.place('3', true))
    rerender({ messages: some('5', '4') })
    expect(result.current.activeId).toBe('4')
  })

  it('has no place in another list, and takes no focus there', () => {
    const { result, rerender } = setUp('5', '4', '3')
    act(() => result.current.place('4', false))
    const { tick } = result.current
    rerender({ list: 'search', messages: some('2', '1') })
    expect(result.current).toMatchObject({ activeId: null, tick })
  })

  it('stays with its message when others come in above', () => {
    const { result, rerender } = setUp('5', '4', '3')
    act(() => result.current.place('4', true))
    const { tick } = result.current
    rerender({ messages: some('7', '6', '5', '4', '3') })
    expect(result.current).toMatchObject({ activeId: '4', tick })
    rerender({ messages: some('7', '6', '5', '3') })
    expect(result.current.activeId).toBe('3')
  })
})

describe('useUnseen', () => {
  type Props = { list: string; messages: ReturnType<typeof some>; watermark: string; atTop: boolean }
  const setUp = (initialProps: Props) =>
    renderHook(({ list, messages, watermark, atTop }: Props) => useUnseen(list, messages, watermark, atTop), {
      initialProps,
    })
  const start = { list: 'todo', messages: some('3', '2', '1'), watermark: '10', atTop: true }

  it('sees everything at the top', () => {
    const { result, rerender } = setUp(start)
    rerender({ ...start, messages: some('4', '3', '2', '1'), watermark: '11' })
    expect(result.current).toEqual({ unseen: 0, through: '11' })
  })

  it('further down counts what came in above, and has seen no further than before', () => {
    const { result, rerender } = setUp(start)
    rerender({ ...start, atTop: false })
    rerender({ ...start, atTop: false, messages: some('5', '4', '3', '2', '1'), watermark: '12' })
    expect(result.current).toEqual({ unseen: 2, through: '10' })
    rerender({ ...start, messages: some('5', '4', '3', '2', '1'), watermark: '12', atTop: true })
    expect(result.current).toEqual({ unseen: 0, through: '12' })
  })

  it('still counts right when the row it remembers has left', () => {
    const { result, rerender } = setUp(start)
    rerender({ ...start, atTop: false })
    rerender({ ...start, atTop: false, messages: some('4', '2', '1'), watermark: '12' })
    expect(result.current.unseen).toBe(1)
  })

  it('begins anew with another list', () => {
    const { result, rerender } = setUp({ ...start, atTop: false })
    rerender({ ...start, list: 'cc', messages: some('9'), watermark: '13', atTop: false })
    expect(result.current).toEqual({ unseen: 0, through: '13' })
  })
})
