'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useRef, useState } from 'react'
import { NARROW } from '@/components/shell/use-media'
import { findMessages } from '@/lib/client/messages/cache'
import type { Act } from '@/lib/client/messages/acts'
import { afterAct } from '@/lib/client/messages/acts'
import { viewHolds } from '@/lib/client/messages/filter'
import { connectorsQuery, countsQuery } from '@/lib/client/queries'
import { actFor, type Wish } from './acts/act-for'
import { useActs } from './acts/acts-provider'
import { leaveList } from './detail/came-from-list'
import { useInboxAddress } from './address/use-inbox-address'
import { nextAfter } from './list/list-items'
import { extend, keepOnly, noSelection, pickAllOf, toggle } from './list/selection'
import { useMessageList } from './list/use-message-list'
import { useCursor } from './use-cursor'

/** The inbox of one address: its list, what is picked and opened, and what the reader can wish for. */
export function useInbox() {
  const client = useQueryClient()
  const router = useRouter()
  const acts = useActs()
  const place = useInboxAddress()
  const { filter, opened, open: openBeside } = place
  const name = JSON.stringify(filter)
  const list = useMessageList(filter, opened)
  const { messages } = list
  const { data: allCards } = useQuery(connectorsQuery())
  const { data: counts } = useQuery(countsQuery())
  const cursor = useCursor(name, messages)
  const [snoozing, setSnoozing] = useState<string[] | null>(null)
  const seen = useRef<{ through: string | null; unseen: number }>({ through: null, unseen: 0 })

  // Of systems the reader gets nothing from there is nothing to choose.
  const cards = useMemo(
    () =>
      allCards?.filter((card) => counts?.connections.some(({ connector }) => connector === card.connector)) ??
      [],
    [allCards, counts],
  )
  const sources = useMemo(
    () =>
      new Map(allCards?.map(({ connector, name: called, tile }) => [connector, { name: called, ...tile }])),
    [allCards],
  )
  const order = useMemo(() => messages.map(({ id }) => id), [messages])
  const [selection, setSelection] = useState({ ...noSelection, name })
  // What was picked in another list is not picked in this one.
  const picked = useMemo(
    () => (selection.name === name ? keepOnly(selection, order) : noSelection),
    [selection, name, order],
  )

  const open = useCallback(
    (id: string) => {
      cursor.place(id, false)
      if (window.matchMedia(NARROW).matches) {
        leaveList()
        router.push(filter.q ? `/messages/${id}?${new URLSearchParams({ q: filter.q })}` : `/messages/${id}`)
      } else openBeside(id)
    },
    [cursor, router, openBeside, filter.q],
  )

  /** Acts; where the opened message leaves by it, the next one opens. */
  const act = useCallback(
    (what: Act, ids: string[]) => {
      const leaving = new Set(ids)
      const now = new Date()
      const [message] = opened && leaving.has(opened) ? findMessages(client, [opened]) : []
      if (message && !viewHolds(filter.view ?? 'inbox', afterAct(message, what, now, false), now)) {
        // Reading is no leaving: the opened message stays while it is open.
        if (what.action !== 'read') openBeside(nextAfter(messages, message.id, leaving))
      }
      setSelection({ ...noSelection, name })
      void acts.act(what, ids)
    },
    [acts, client, filter.view, messages, name, openBeside, opened],
  )

  const wish = useCallback(
    (what: Wish, ids: string[]) => {
      if (ids.length === 0) return
      const meant = actFor(what, findMessages(client, ids), new Date())
      if (meant === 'choose') setSnoozing(ids)
      else act(meant, ids)
    },
    [act, client],
  )

  /** What a key acts on: what is picked, else the row with the cursor, else the opened message. */
  const targets = useCallback((): string[] => {
    if (picked.ids.size > 0) return [...picked.ids]
    const one = cursor.activeId ?? opened
    return one ? [one] : []
  }, [picked, cursor.activeId, opened])

  const pick = useCallback(
    (id: string, range: boolean) =>
      setSelection({ ...(range ? extend(picked, id, order) : toggle(picked, id)), name }),
    [picked, order, name],
  )
  const pickAll = useCallback(() => setSelection({ ...pickAllOf(order), name }), [order, name])
  const pickNone = useCallback(() => setSelection({ ...noSelection, name }), [name])

  const onSeen = useCallback((through: string | null, unseen: number) => {
    seen.current = { through, unseen }
  }, [])
  /** What came in above, unseen so far, stays unread. */
  const readAll = useCallback(() => {
    const { through, unseen } = seen.current
    if (through === null) return
    void acts.actOnList({ action: 'read' }, { filter, through, shown: order.slice(unseen) })
  }, [acts, filter, order])

  // Whoever searches everywhere also finds what the count of unread ones leaves out.
  const canReadAll =
    messages.length > 0 &&
    !list.query.isPlaceholderData &&
    (filter.q
      ? list.query.hasNextPage || messages.some(({ readAt }) => readAt === null)
      : (counts?.unread ?? 0) > 0)

  return {
    ...place,
    openBeside,
    ...{ list, name, messages, cards, sources, counts, cursor, order, onSeen },
    ...{ picked, pick, pickAll, pickNone },
    ...{ snoozing, setSnoozing },
    ...{ open, act, wish, targets, canReadAll, readAll, undo: acts.undo },
  }
}
export type Inbox = ReturnType<typeof useInbox>
