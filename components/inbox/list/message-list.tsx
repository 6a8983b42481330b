'use client'

import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTimes } from '@/components/shell/session-provider'
import { ONE_PANE } from '@/components/shell/use-media'
import { cn } from '@/components/ui/class-names'
import type { Message } from '@/lib/contracts/messages'
import { dayHeading } from '@/lib/client/message-time'
import { listItems } from './list-items'
import { MessageRow, type RowHandlers } from '../row/message-row'
import { NewPill } from './new-pill'
import type { Source } from '../row/row-tile'
import { placeOf, useScrollMemory } from './use-scroll-memory'
import { useUnseen } from './use-unseen'

/** Pixels; `compact` is for people who want more on a screen. */
export const ROW_HEIGHT = { comfortable: 60, compact: 44 }
const DAY_HEIGHT = 34
const FOOT_HEIGHT = 64
const AT_TOP = 8
/** So many rows before the end the next page is asked for. */
const AHEAD = 15

type Props = RowHandlers & {
  /** Names the list, so that another one begins at its top and this one where it was left. */
  name: string
  label: string
  view: string
  messages: Message[]
  watermark: string | null
  sources: Map<string, Source>
  density: 'comfortable' | 'compact'
  complete: boolean
  /** Shown only until what was asked for is there. */
  outdated?: boolean
  activeId: string | null
  openedId: string | null
  picked: ReadonlySet<string>
  /** Grows whenever the active row is to take the focus. */
  focusTick: number
  onEnd: () => void
  /** Told up to which watermark the reader has seen the list, and how many rows on top they have not. */
  onSeen: (through: string | null, unseen: number) => void
  /** Under the last row: what is being loaded, or that it failed. */
  foot: ReactNode
}

/** The rows, as many as are in sight. A feed: each row is an article that knows its place in it. */
export function MessageList(props: Props) {
  const { name, label, view, messages, watermark, sources, density, complete } = props
  const { outdated, activeId, openedId, picked, focusTick, onEnd, onSeen, foot } = props
  const { onOpen, onPick, onAct } = props
  const t = useTranslations('inbox.list')
  const times = useTimes()
  const scroller = useRef<HTMLDivElement>(null)
  const [atTop, setAtTop] = useState(() => placeOf(name) < AT_TOP)
  const items = useMemo(() => listItems(messages, times.timeZone), [messages, times.timeZone])
  const activeIndex = items.findIndex((item) => item.key === activeId)
  const { unseen, through } = useUnseen(name, messages, watermark, atTop)
  useEffect(() => onSeen(through, unseen), [onSeen, through, unseen])

  // While the reader is further down, what comes in above must not move what they look at.
  const first = items[1]?.key
  const [shownFirst, setShownFirst] = useState(first)
  if (shownFirst !== first) setShownFirst(first)
  const grewAbove = !atTop && shownFirst !== first

  // The active row is always there: it has the focus, wherever the reader has scrolled.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      if (activeIndex < 0 || activeIndex >= range.count || indexes.includes(activeIndex)) return indexes
      return [...indexes, activeIndex].sort((a, b) => a - b)
    },
    [activeIndex],
  )
  // A new function with new items: positions are reckoned anew then, and only then.
  const keyOf = useCallback((index: number) => items[index]?.key ?? index, [items])
  // Its functions change what they answer without changing themselves; nothing here keeps their answers.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'day' ? DAY_HEIGHT : ROW_HEIGHT[density]),
    getItemKey: keyOf,
    anchorTo: atTop ? 'start' : 'end',
    overscan: 8,
    paddingEnd: FOOT_HEIGHT,
    rangeExtractor,
    initialOffset: () => placeOf(name),
  })
  useEffect(() => virtual.measure(), [virtual, density])
  useScrollMemory(name, scroller, virtual.scrollToOffset)

  const rows = virtual.getVirtualItems()
  const lastIndex = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (items.length > 0 && lastIndex >= items.length - AHEAD) onEnd()
  }, [lastIndex, items.length, onEnd])

  useEffect(() => {
    if (focusTick === 0 || activeIndex < 0) return
    virtual.scrollToIndex(activeIndex)
    // Under the opened message nothing takes the focus, nor from somebody who types.
    if (document.activeElement?.matches('input, textarea')) return
    if (openedId !== null && window.matchMedia(ONE_PANE).matches) return
    scroller.current?.querySelector<HTMLElement>('article[tabindex="0"]')?.focus({ preventScroll: true })
    // Only the tick asks for the focus; the row it goes to may have moved since.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [focusTick])

  return (
    <div
      aria-busy={outdated}
      className={cn('relative min-h-0 flex-1', outdated && 'opacity-60 transition-opacity delay-150')}
    >
      <NewPill count={unseen} onPress={() => virtual.scrollToOffset(0)} />
      <div
        ref={scroller}
        onScroll={(event) => setAtTop(event.currentTarget.scrollTop < AT_TOP)}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <div role="feed" aria-label={label} className="relative" style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, key, start, size }) => {
            const item = items[index]
            if (!item) return null
            const place = { height: size, transform: `translateY(${start}px)` }
            const moves = cn('absolute inset-x-0 top-0', !grewAbove && 'transition-transform duration-150')
            if (item.kind === 'day') {
              return (
                <div key={key} className={moves} style={place} aria-hidden>
                  <p className="flex h-full items-end border-b border-border px-4 pb-1.5 text-xs font-medium text-text-muted">
                    {dayHeading(item.day, times)}
                  </p>
                </div>
              )
            }
            const { message, position } = item
            return (
              <div key={key} className={moves} style={place} role="presentation">
                <MessageRow
                  message={message}
                  view={view}
                  source={sources.get(message.connector)}
                  compact={density === 'compact'}
                  position={position + 1}
                  setSize={complete ? messages.length : -1}
                  active={message.id === activeId || (activeIndex < 0 && position === 0)}
                  opened={message.id === openedId}
                  picked={picked.has(message.id)}
                  picking={picked.size > 0}
                  onOpen={onOpen}
                  onPick={onPick}
                  onAct={onAct}
                />
              </div>
            )
          })}
        </div>
        <div className="-mt-16 flex h-16 items-center justify-center text-sm text-text-muted">
          {foot ?? (complete && t('end'))}
        </div>
      </div>
    </div>
  )
}
