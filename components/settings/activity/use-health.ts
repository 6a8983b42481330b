'use client'

import { useQuery } from '@tanstack/react-query'
import { call } from '@/lib/client/call'
import { getHealth } from '@/lib/contracts/activity'

/** Milliseconds. */
const REFRESH = 10_000

/** Whether everything flows, anew every ten seconds. */
export function useHealth() {
  return useQuery({
    queryKey: ['admin', 'health'],
    queryFn: ({ signal }) => call(getHealth, { signal }),
    refetchInterval: REFRESH,
  })
}
