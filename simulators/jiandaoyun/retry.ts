import { setTimeout as delay } from 'node:timers/promises'
import type { PushAnswer, PushOptions, Sender } from './sender'

/** How failed pushes come again. */
export interface RetryOptions {
  /** Waits before each further attempt. Default the documented 5 min, 15 min, 1 h, 2 h: five attempts. */
  delaysMs?: readonly number[]
  /** How many times faster than real life; 600 makes 5 minutes 500 ms. Default 1. */
  speed?: number
  /** No answer within it is a failure; the vendor gives 2 s (default). */
  timeoutMs?: number
  /** Sign each attempt anew with a new nonce and time. Unknown of the vendor; default false. */
  renew?: boolean
  /** After so many failed attempts in a row the vendor switches pushing off. Default 100. */
  switchOffAfter?: number
  signal?: AbortSignal
}

/** One push with all its attempts. */
export interface RetriedPush {
  /** Empty when pushing was already switched off. */
  attempts: PushAnswer[]
  delivered: boolean
}

/** Pushes as the vendor does: a failure comes again under the same delivery id. */
export interface RetryingSender {
  push(body: unknown, options?: PushOptions): Promise<RetriedPush>
  /** Failed attempts since the last success. */
  failuresInARow(): number
  switchedOff(): boolean
  /** As an administrator does at the vendor. */
  switchOn(): void
}

export const RETRY_DELAYS_MS: readonly number[] = [5 * 60_000, 15 * 60_000, 60 * 60_000, 120 * 60_000]

/** Wraps a sender; whatever is not 2xx within the time is a failure. */
export function withRetries(sender: Sender, options: RetryOptions = {}): RetryingSender {
  const { delaysMs = RETRY_DELAYS_MS, speed = 1, timeoutMs = 2_000, switchOffAfter = 100, signal } = options
  let failures = 0

  async function push(body: unknown, pushOptions: PushOptions = {}): Promise<RetriedPush> {
    const attempts: PushAnswer[] = []
    const first = sender.prepare(body, { timeoutMs, ...pushOptions })
    for (const wait of [0, ...delaysMs]) {
      if (failures >= switchOffAfter || signal?.aborted) break
      if (attempts.length > 0) await delay(wait / speed, undefined, signal ? { signal } : {}).catch(() => {})
      if (signal?.aborted) break
      const renewed = options.renew === true && attempts.length > 0
      const answer = await sender.send(
        renewed ? sender.prepare(body, { timeoutMs, ...pushOptions, deliverId: first.deliverId }) : first,
      )
      attempts.push(answer)
      if (answer.status >= 200 && answer.status < 300) {
        failures = 0
        return { attempts, delivered: true }
      }
      failures++
    }
    return { attempts, delivered: false }
  }

  return {
    push,
    failuresInARow: () => failures,
    switchedOff: () => failures >= switchOffAfter,
    switchOn: () => void (failures = 0),
  }
}
