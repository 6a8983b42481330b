'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { readSources } from '@/lib/client/messages/sources'
import { countsQuery } from '@/lib/client/queries'

/** Milliseconds. */
const WHILE_WELL = 180_000
const WHILE_FAILING = 60_000

/**
 * Keeps the page knowing which sources are out of reach: an outage brings no live event, and its end brings one only
 * where something new came. Asked now and then, more often while one is failing, and when the page is looked at again.
 */
export function useSourceWatch(): void {
  const client = useQueryClient()
  const { data: failing = false } = useQuery({
    ...countsQuery(),
    select: ({ connections }) => connections.some(({ failingSince }) => failingSince !== null),
  })
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'hidden' || !navigator.onLine) return
      // Whether the server itself answers is said elsewhere.
      void readSources(client).catch(() => undefined)
    }
    const timer = setInterval(look, failing ? WHILE_FAILING : WHILE_WELL)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [client, failing])
}
