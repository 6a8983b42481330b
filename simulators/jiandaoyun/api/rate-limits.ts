import type { ApiEndpoint } from './answers'

/** Calls a second, as the vendor's pages name them. */
export interface RateLimits {
  all: number
  each: Partial<Record<ApiEndpoint, number>>
}

export const RATE_LIMITS: RateLimits = {
  all: 50,
  each: { members: 10, departments: 10, tasks: 20, instance: 30 },
}

/** Counts the calls of the last second; true if one more is too many. A refused call counts for nothing. */
export function createRateGuard(limits: RateLimits): (endpoint: ApiEndpoint, now: number) => boolean {
  let taken: { endpoint: ApiEndpoint; at: number }[] = []
  return (endpoint, now) => {
    taken = taken.filter(({ at }) => at > now - 1_000)
    const own = taken.filter((call) => call.endpoint === endpoint).length
    if (taken.length >= limits.all || own >= (limits.each[endpoint] ?? Infinity)) return true
    taken.push({ endpoint, at: now })
    return false
  }
}
