import { execute, rows, type Tx } from '@/lib/platform/db'

/** Copies of forwarded messages, as polling brings them back. */

/** The message that a token stands for, and whether its user has read it here. */
export type Original = { token: string; messageId: string; readHere: boolean }

/**
 * What was forwarded to this person of this user under these tokens. A token of anybody else's is none, and one counts
 * once: a second message with the same link is a message of its own.
 */
export function findOriginals(
  tx: Tx,
  whose: { connectionId: string; personId: string; userId: string },
  tokens: string[],
): Promise<Original[]> {
  return rows<Original>(
    tx,
    `select f.token, f.message_id::text as "messageId",
       m.user_id = f.user_id and m.read_at is not null as "readHere"
     from forwards f join messages m on m.id = f.message_id
     where f.token = any($4::text[]) and f.connection_id = $1::uuid and f.person_id = $2::bigint
       and f.user_id = $3::uuid
       and not exists (
         select 1 from pulled_items i where i.message_id = f.message_id and i.person_id = f.person_id)`,
    whose.connectionId,
    whose.personId,
    whose.userId,
    tokens,
  )
}

/** These arrived: whatever sending them was answered, they are sent. */
export async function markArrived(tx: Tx, tokens: string[]): Promise<void> {
  await execute(
    tx,
    `update forwards set state = 'sent', sent_at = coalesce(sent_at, now()), lease_until = null, last_error = null
     where token = any($1::text[]) and state <> 'sent'`,
    tokens,
  )
}
