import type { Reminder } from '../message'

/**
 * Folding: what the vendor says of a to-do is a function of the set of its pushes, never of their order of arrival.
 * See docs/decisions/0003-folding.md.
 */

/** One push to one person in one slot. */
export type SlotPush = {
  /** Ledger row, as text. */
  id: string
  sentAt: number
  /** Orders pushes of the same millisecond. */
  hash: string
  /** The vendor's task id; null on pushes of the old engine. */
  generation: string | null
  reminder: Reminder | null
}

/** One message row to be: a round of the to-do, or a reminder whose round is not here. */
export type Generation<P extends SlotPush = SlotPush> = {
  /** `t:<task id>` or `p:<hash of its first push>`. */
  key: string
  /** Oldest first. */
  pushes: P[]
  /** Title and action come from it: the newest that is no reminder, else the newest. */
  speaker: P
  marks: Reminder[]
  /** The newest push. */
  sentAt: number
  /** When a newer round began; null for the newest. */
  settledAt: number | null
}

/** An old-engine push belongs to a new-engine round sent within this time. */
export const SAME_ROUND_MS = 60_000

type Draft<P> = { key: string; start: P; own: P[]; joined: P[] }

/** (`send_time`, body hash): the only order there is. */
export function bySending(a: SlotPush, b: SlotPush): number {
  return a.sentAt - b.sentAt || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0)
}

/** Folds all pushes of one slot (same connection, person, app, form, record, node) into its rounds, oldest first. */
export function foldSlot<P extends SlotPush>(pushes: readonly P[]): Generation<P>[] {
  const sorted = [...pushes].sort(bySending)
  const rounds = newEngineRounds(sorted)
  for (const push of sorted) {
    if (push.generation !== null || push.reminder !== null) continue
    const round = nearestRound(rounds, push)
    if (round) round.joined.push(push)
    else rounds.push({ key: `p:${push.hash}`, start: push, own: [push], joined: [] })
  }
  rounds.sort((a, b) => bySending(a.start, b.start) || (a.key < b.key ? -1 : 1))
  const orphans: Draft<P>[] = []
  for (const push of sorted) {
    if (push.generation !== null || push.reminder === null) continue
    const round = rounds.findLast((candidate) => candidate.start.sentAt <= push.sentAt)
    if (round) round.joined.push(push)
    else orphans.push({ key: `p:${push.hash}`, start: push, own: [push], joined: [] })
  }
  // An orphan is older than every round, or it would have joined one: the order stays by start.
  const all = [...orphans, ...rounds]
  return all.map((draft, index) => finish(draft, all[index + 1]?.start.sentAt ?? null))
}

function newEngineRounds<P extends SlotPush>(sorted: readonly P[]): Draft<P>[] {
  const rounds = new Map<string, Draft<P>>()
  for (const push of sorted) {
    if (push.generation === null) continue
    const round = rounds.get(push.generation)
    if (round) round.own.push(push)
    else rounds.set(push.generation, { key: `t:${push.generation}`, start: push, own: [push], joined: [] })
  }
  return [...rounds.values()]
}

/** The new-engine round with the push closest in time, at most 60 s away; the older one of two as close. */
function nearestRound<P extends SlotPush>(rounds: readonly Draft<P>[], push: P): Draft<P> | null {
  let best: { round: Draft<P>; distance: number } | null = null
  for (const round of rounds) {
    if (!round.key.startsWith('t:')) continue
    for (const own of round.own) {
      if (own.reminder !== null) continue
      const distance = Math.abs(own.sentAt - push.sentAt)
      if (distance > SAME_ROUND_MS || (best && distance > best.distance)) continue
      if (!best || distance < best.distance || isOlder(round, best.round)) best = { round, distance }
    }
  }
  return best?.round ?? null
}

function isOlder(a: Draft<SlotPush>, b: Draft<SlotPush>): boolean {
  const order = bySending(a.start, b.start)
  return order < 0 || (order === 0 && a.key < b.key)
}

function finish<P extends SlotPush>(draft: Draft<P>, settledAt: number | null): Generation<P> {
  const pushes = [...draft.own, ...draft.joined].sort(bySending)
  const newest = pushes[pushes.length - 1]!
  return {
    key: draft.key,
    pushes,
    speaker: pushes.findLast((push) => push.reminder === null) ?? newest,
    marks: (['urge', 'timeout'] as const).filter((mark) => pushes.some((push) => push.reminder === mark)),
    sentAt: newest.sentAt,
    settledAt,
  }
}
