import { rows, type Tx } from '@/lib/platform/db'

export type Member = { externalId: string; name: string | null }

/** So many in one statement. */
const AT_ONCE = 5_000

/**
 * Writes down who there is in a connection: whoever is not here is added, a name that is another one now is changed,
 * and mappings stay as they are. Persons are locked in the order that all writers keep.
 */
export async function writeMembers(
  tx: Tx,
  connectionId: string,
  members: Member[],
): Promise<{ added: number; changed: number }> {
  // In the order of the database's "C" collation, which is that of the bytes.
  const inOrder = [...new Map(members.map((one) => [one.externalId, one])).values()]
    .map((one) => ({ ...one, bytes: Buffer.from(one.externalId) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
  const total = { added: 0, changed: 0 }
  for (let from = 0; from < inOrder.length; from += AT_ONCE) {
    const part = inOrder.slice(from, from + AT_ONCE)
    const [row] = await rows<{ added: number; changed: number }>(
      tx,
      `with written as (
         insert into persons (connection_id, external_id, name)
         select $1::uuid, external_id, name
         from unnest($2::text[], $3::text[]) with ordinality t(external_id, name, position) order by position
         on conflict (connection_id, external_id) do update set name = excluded.name
           where excluded.name is not null and persons.name is distinct from excluded.name
         returning xmax = 0 as added)
       select count(*) filter (where added)::int as added, count(*) filter (where not added)::int as changed
       from written`,
      connectionId,
      part.map((one) => one.externalId),
      part.map((one) => one.name),
    )
    total.added += row!.added
    total.changed += row!.changed
  }
  return total
}
