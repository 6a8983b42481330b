import { rows, type Tx } from '@/lib/platform/db'

/**
 * Ends the snoozes of the user that are over: the messages are news again, under the inbox's next number, unless they
 * were done meanwhile. Gives the ids of the news.
 */
export async function wake(tx: Tx, userId: string, number: bigint): Promise<string[]> {
  const found = await rows<{ id: string; done: boolean }>(
    tx,
    `update messages set snoozed_until = null, seq = case when done_at is null then $2::bigint else seq end
     where user_id = $1::uuid and snoozed_until <= now() returning id::text, done_at is not null as done`,
    userId,
    number.toString(),
  )
  return found.filter((row) => !row.done).map((row) => row.id)
}
