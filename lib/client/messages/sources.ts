import type { QueryClient } from '@tanstack/react-query'
import { countMessages, type Counts } from '@/lib/contracts/messages'
import { call } from '../call'
import { queryKeys } from '../query-keys'

type Source = Counts['connections'][number]
/** A source that has been out of reach for so long that the reader should know. */
export type DownSource = Source & { failingSince: string }

/** Most hiccups are over before; milliseconds. */
const WORTH_A_WORD = 60_000

/** The reader's sources that have been out of reach for more than a minute. */
export function downSources(counts: Pick<Counts, 'connections'> | undefined, now: Date): DownSource[] {
  return (counts?.connections ?? []).filter(
    (source): source is DownSource =>
      source.failingSince !== null && now.getTime() - Date.parse(source.failingSince) > WORTH_A_WORD,
  )
}

/**
 * Asks how the sources are. Only that is taken from the answer: it knows nothing of acts that are on their way, and
 * the numbers are kept right by live events.
 */
export async function readSources(client: QueryClient): Promise<void> {
  const { connections } = await call(countMessages)
  client.setQueryData<Counts>(queryKeys.messages.counts, (counts) => counts && { ...counts, connections })
}
