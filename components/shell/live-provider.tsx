'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { getSession } from '@/lib/contracts/auth'
import { streamEvents } from '@/lib/contracts/messages'
import { call } from '@/lib/client/call'
import { openLive, type LiveState } from '@/lib/client/live'
import type { LiveBatch } from '@/lib/client/live-batch'
import { createMessageRefresh, type MessageRefresh } from '@/lib/client/messages/refresh'
import { queryKeys } from '@/lib/client/query-keys'
import { useSourceWatch } from './use-source-watch'

/** While no stream tells what happens, it is asked for. Milliseconds. */
const ASK_EVERY = 30_000

type Live = { state: LiveState; sync: MessageRefresh }
const LiveContext = createContext<Live | null>(null)

/** Keeps what is on screen as the server has it, and says aloud when messages come in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const t = useTranslations('shell.live')
  const [state, setState] = useState<LiveState>('connecting')
  const [said, setSaid] = useState('')
  const [sync] = useState(() => createMessageRefresh(client))
  useSourceWatch()

  useEffect(() => {
    const onBatch = ({ ids, everything, arrived }: LiveBatch) => {
      sync.refresh(ids)
      const opened = everything ? [queryKeys.messages.details] : ids.map(queryKeys.messages.detail)
      for (const queryKey of opened) void client.invalidateQueries({ queryKey })
      if (arrived > 0) setSaid(t('arrived', { count: arrived }))
    }
    // A stream does not say why it was refused; an ended session says so here, and leaves for signing in.
    const onRefused = () => void call(getSession).catch(() => undefined)
    return openLive({ url: streamEvents.path, onBatch, onState: setState, onRefused })
  }, [client, sync, t])

  useEffect(() => {
    if (state !== 'lost') return
    const timer = setInterval(() => navigator.onLine && sync.refresh(), ASK_EVERY)
    return () => clearInterval(timer)
  }, [state, sync])

  const live = useMemo(() => ({ state, sync }), [state, sync])
  return (
    <LiveContext value={live}>
      {children}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </LiveContext>
  )
}

/** Whether the page is told what happens, and how to read anew. Only below `LiveProvider`. */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('useLive: no LiveProvider above')
  return live
}
