'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo, useRef, type ReactNode } from 'react'
import { useLive } from '@/components/shell/live-provider'
import { actOnMessages, undoAction, type ActionKind, type MessageFilter } from '@/lib/contracts/messages'
import { call } from '@/lib/client/call'
import { afterAct, type Act } from '@/lib/client/messages/acts'
import { findMessages, putChanges, reversed } from '@/lib/client/messages/cache'
import { queryKeys } from '@/lib/client/query-keys'
import { connectorsQuery } from '@/lib/client/queries'
import { newestUndoable, remember, type Undoable } from './undo-register'
import { useActToasts } from './use-act-toasts'

/** All of a list up to a watermark; `shown` are those of it that are on screen, to be changed at once. */
type Reach = { filter: MessageFilter; through: string; shown: string[] }
type On = { ids: string[] } | { filter: MessageFilter; through: string }
type Ended = { changed: number; undoable: Undoable | null }

type Acts = {
  /**
   * Acts on these messages: shown at once, taken back with the reason if it fails. `quiet`: it happens by the way,
   * so nothing is said unless it fails.
   */
  act: (act: Act, ids: string[], how?: { quiet?: boolean }) => Promise<void>
  /** Acts on all that a list holds, as far as the reader has seen it. */
  actOnList: (act: Act, reach: Reach) => Promise<void>
  /** Takes the newest act back, while that is still possible. */
  undo: () => Promise<void>
}

const ActsContext = createContext<Acts | null>(null)

/** What the reader does with messages, with undo. */
export function ActsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const { sync } = useLive()
  const { data: cards } = useQuery(connectorsQuery())
  const register = useRef<Undoable[]>([])
  const { sayDone, sayUndone, sayNothingToUndo, sayFailed } = useActToasts()

  const run = useCallback(
    async (act: Act, ids: string[], on: On, quiet: boolean): Promise<Ended | null> => {
      const now = new Date()
      const tells = new Set(cards?.flatMap((card) => (card.tellsRead ? [card.connector] : [])))
      const changes = findMessages(client, ids).flatMap((before) => {
        const after = afterAct(before, act, now, tells.has(before.connector))
        return after === before ? [] : [{ before, after }]
      })
      const answer = sync.during(async () => {
        await dropReading(client)
        putChanges(client, changes, now)
        try {
          return await call(actOnMessages, { body: { action: act.action, until: act.until, ...on } })
        } catch (error) {
          putChanges(client, reversed(changes), new Date())
          throw error
        }
      })
      const token = answer.then(
        ({ undo }) => undo,
        () => null,
      )
      const undoable = { token, changes, at: now.getTime(), quiet }
      register.current = remember(register.current, undoable)
      const ended = await answer.catch((error: unknown) => sayFailed(act.action, error))
      void client.invalidateQueries({ queryKey: queryKeys.messages.details })
      return ended && { changed: ended.changed, undoable: ended.undo ? undoable : null }
    },
    [client, sync, cards, sayFailed],
  )

  const takeBack = useCallback(
    async (undoable: Undoable) => {
      register.current = register.current.filter((one) => one !== undoable)
      const token = await undoable.token
      if (!token) return
      try {
        const { changed } = await sync.during(async () => {
          await dropReading(client)
          putChanges(client, reversed(undoable.changes), new Date())
          return call(undoAction, { body: { undo: token } })
        })
        sayUndone(changed)
      } catch (error) {
        putChanges(client, undoable.changes, new Date())
        sayFailed('undo', error)
      }
      void client.invalidateQueries({ queryKey: queryKeys.messages.details })
    },
    [client, sync, sayUndone, sayFailed],
  )

  const acts = useMemo<Acts>(() => {
    const say = (action: ActionKind, ended: Ended, always: boolean) => {
      const { undoable } = ended
      sayDone(action, ended.changed, { always, undo: undoable ? () => void takeBack(undoable) : undefined })
    }
    return {
      act: async (act, ids, { quiet = false } = {}) => {
        if (ids.length === 0) return
        const ended = await run(act, ids, { ids }, quiet)
        if (ended && !quiet) say(act.action, ended, false)
      },
      actOnList: async (act, { filter, through, shown }) => {
        const ended = await run(act, shown, { filter, through }, false)
        if (ended) say(act.action, ended, true)
      },
      undo: async () => {
        const undoable = newestUndoable(register.current, Date.now())
        if (undoable) await takeBack(undoable)
        else sayNothingToUndo()
      },
    }
  }, [run, takeBack, sayDone, sayNothingToUndo])
  return <ActsContext value={acts}>{children}</ActsContext>
}

/** What was asked for before an act would show the time before it. */
function dropReading(client: ReturnType<typeof useQueryClient>) {
  return client.cancelQueries({
    queryKey: queryKeys.messages.all,
    predicate: ({ state }) => state.data !== undefined,
  })
}

/** The acts. Only below `ActsProvider`. */
export function useActs(): Acts {
  const acts = useContext(ActsContext)
  if (!acts) throw new Error('useActs: no ActsProvider above')
  return acts
}
