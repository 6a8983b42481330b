import { liveEvent } from '@/lib/contracts/messages'

/** What happened since the last look, folded together. */
export type LiveBatch = {
  /** Messages to read anew. */
  ids: string[]
  /** More than can be named: read everything anew. */
  everything: boolean
  /** How many messages came in. */
  arrived: number
}

export const emptyBatch: LiveBatch = { ids: [], everything: false, arrived: 0 }

export const LIVE_EVENTS = ['message.new', 'message.changed', 'counts', 'resync'] as const
export type LiveEventName = (typeof LIVE_EVENTS)[number]

/** A batch with one more event in it. Data that cannot be understood means that anything may have changed. */
export function foldLiveEvent(batch: LiveBatch, name: LiveEventName, data: string): LiveBatch {
  if (name === 'resync') return { ...batch, everything: true }
  // Counts are read anew after every batch, whatever it holds.
  if (name === 'counts') return batch
  const event = liveEvent.safeParse(parseJson(data))
  if (!event.success) return { ...batch, everything: true }
  const { ids, count } = event.data
  return {
    ids: [...new Set([...batch.ids, ...ids])],
    everything: batch.everything || ids.length === 0,
    arrived: batch.arrived + (name === 'message.new' ? count : 0),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
