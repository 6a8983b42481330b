import { rows, type Tx } from '@/lib/platform/db'

/** Persons as the intake sees them. */
export type IntakePerson = { id: string; externalId: string; userId: string | null; epoch: number }

/** A person of a push with the ledger row that names them, and the user whose inbox is locked (none: it waits). */
export type Addressee = IntakePerson & { ledgerId: string; recipient: string | null }

/**
 * Finds or creates the persons of a push and locks them, in the order of their ids at the vendor: a mapping that
 * runs at the same time comes before or after, never between. `people` must be in that order already.
 */
export async function meetPersons(
  tx: Tx,
  connectionId: string,
  people: { externalId: string; name: string | null }[],
): Promise<IntakePerson[]> {
  const found = await rows<{ id: string; external_id: string; user_id: string | null; epoch: number }>(
    tx,
    `insert into persons (connection_id, external_id, name)
     select $1::uuid, external_id, name
     from unnest($2::text[], $3::text[]) with ordinality t(external_id, name, position) order by position
     on conflict (connection_id, external_id)
       do update set last_seen_at = now(), name = coalesce(excluded.name, persons.name)
     returning id::text, external_id, user_id, epoch`,
    connectionId,
    people.map((person) => person.externalId),
    people.map((person) => person.name),
  )
  return found.map((row) => ({
    id: row.id,
    externalId: row.external_id,
    userId: row.user_id,
    epoch: row.epoch,
  }))
}
