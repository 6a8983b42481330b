'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { memo, useState, type MouseEvent } from 'react'
import { useTimes } from '@/components/shell/session-provider'
import { isPlainClick } from '@/components/shell/shallow-link'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/class-names'
import type { Message } from '@/lib/contracts/messages'
import { exactTime, rowTime } from '@/lib/client/message-time'
import { RowActions, type RowAct } from './row-actions'
import { MARK_TONES, rowMarks } from './row-marks'
import { Marked, useNeedles } from '../search/marked'
import { excerptOf } from '../search/row-excerpt'
import { RowTile, type Source } from './row-tile'
import { rowText } from './row-text'
import { SwipeRow } from './swipe-row'

export type RowHandlers = {
  onOpen: (id: string) => void
  onPick: (id: string, range: boolean) => void
  onAct: (id: string, act: RowAct) => void
}

type Props = RowHandlers & {
  message: Message
  view: string
  source: Source | undefined
  compact: boolean
  /** Its place in the list, from 1; `setSize` is -1 while the list is not loaded to its end. */
  position: number
  setSize: number
  /** Keys act on it, and Tab comes to it. */
  active: boolean
  /** It is the message shown beside the list. */
  opened: boolean
  picked: boolean
  /** Some row is picked, so that clicks on tiles go on picking. */
  picking: boolean
}

/** One message in the list: two lines of text, what it is, when it came, and what can be done with it. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, view, source, compact, position, setSize, active, opened, picked, picking } = props
  const { onOpen, onPick, onAct } = props
  const t = useTranslations('inbox')
  const times = useTimes()
  const [hovered, setHovered] = useState(false)
  const text = rowText(message)
  const needles = useNeedles()
  const { first } = text
  const second = excerptOf(message, text, needles) ?? text.second
  const unread = message.readAt === null
  const base = `row-${message.id}`

  const open = (event: MouseEvent) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    onOpen(message.id)
  }
  return (
    <article
      id={base}
      data-message={message.id}
      tabIndex={active ? 0 : -1}
      aria-labelledby={`${base}-state ${base}-first ${base}-second ${base}-time`}
      aria-posinset={position}
      aria-setsize={setSize}
      aria-current={opened || undefined}
      onPointerEnter={(event) => event.pointerType === 'mouse' && setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      className="group/row relative h-full overflow-hidden outline-none"
    >
      <SwipeRow onDone={() => onAct(message.id, 'done')} onSnooze={() => onAct(message.id, 'snooze')}>
        <div
          className={cn(
            'relative flex h-full gap-2 border-b border-border bg-(--row) pr-3 pl-2 transition-colors duration-[120ms]',
            compact ? 'pt-1' : 'pt-2',
            opened || picked
              ? '[--row:var(--selected)]'
              : '[--row:var(--surface)] group-hover/row:[--row:var(--hover)]',
          )}
        >
          <Link
            href={`/messages/${message.id}`}
            prefetch={false}
            tabIndex={-1}
            draggable={false}
            aria-label={first}
            onClick={open}
            className="absolute inset-0 outline-none"
          />
          <span
            className={cn('flex w-2 shrink-0 justify-center', compact ? 'pt-1.5' : 'pt-[7px]')}
            aria-hidden
          >
            {unread && <span className="size-2 rounded-full bg-accent" />}
          </span>
          <RowTile
            source={source}
            fallback={message.connectionName}
            picked={picked}
            showBox={picking || hovered}
            label={t('row.pick', { title: first })}
            tabIndex={active ? 0 : -1}
            onPick={(range) => onPick(message.id, range)}
          />
          <div className="min-w-0 flex-1">
            <div className={cn('flex items-baseline gap-2', compact && 'leading-4.5')}>
              <span id={`${base}-state`} className="sr-only">
                {t(unread ? 'row.unread' : 'row.read')}
                {message.starredAt && `, ${t('row.starred')}`}
                {picked && `, ${t('row.picked')}`}
              </span>
              <span id={`${base}-first`} className={cn('min-w-0 flex-1 truncate', unread && 'font-semibold')}>
                <Marked text={first} />
              </span>
              <time
                id={`${base}-time`}
                dateTime={message.sentAt}
                title={exactTime(message.sentAt, times)}
                className="relative shrink-0 text-xs text-text-muted tabular-nums"
              >
                {rowTime(message.sentAt, times)}
              </time>
            </div>
            <div
              id={`${base}-second`}
              className={cn('flex items-center gap-1.5 text-sm', compact && 'leading-4')}
            >
              <span className="min-w-0 flex-1 truncate text-text-muted">
                <Marked text={second} />
              </span>
              <RowMarks message={message} view={view} now={times.now} />
            </div>
          </div>
          {(hovered || active) && (
            <RowActions
              message={message}
              shown={hovered}
              tabIndex={active ? 0 : -1}
              onAct={(act) => onAct(message.id, act)}
            />
          )}
        </div>
      </SwipeRow>
      {/* Over everything in the row, where the browser's own outline would be covered. */}
      <span
        aria-hidden
        className="pointer-events-none absolute inset-0 hidden border-2 border-ring group-focus-visible/row:block"
      />
    </article>
  )
})

/** How many things it is about, at most two words on what it is, and the star. */
function RowMarks({ message, view, now }: { message: Message; view: string; now: Date }) {
  const t = useTranslations('inbox')
  const { count, threadCount, starredAt } = message
  return (
    <>
      {count !== null && count > 1 && (
        <span className="shrink-0 text-xs text-text-muted tabular-nums">{t('row.count', { count })}</span>
      )}
      {threadCount > 1 && (
        <span
          className="shrink-0 rounded-full border border-border px-1.5 text-xs leading-4 text-text-muted tabular-nums"
          title={t('row.thread', { count: threadCount })}
        >
          {threadCount}
          <span className="sr-only"> {t('row.thread', { count: threadCount })}</span>
        </span>
      )}
      {rowMarks(message, view, now).map((mark) => (
        <Badge key={mark} tone={MARK_TONES[mark]} className="leading-4.5">
          {t(`mark.${mark}`)}
        </Badge>
      ))}
      {starredAt && view !== 'starred' && <StarMark />}
    </>
  )
}

function StarMark() {
  return (
    <svg viewBox="0 0 24 24" className="size-3.5 shrink-0 fill-warning" aria-hidden>
      <path d="M12 2.5l2.9 6.1 6.6.9-4.8 4.6 1.2 6.6L12 17.5l-5.9 3.2 1.2-6.6-4.8-4.6 6.6-.9z" />
    </svg>
  )
}
