import type { MappedPeople } from '@/lib/connectors/contract'
import { rows } from '@/lib/platform/db'

/**
 * Who is mapped on a connection: how many are polled, and the ids of a few, those with long lists first, as they show
 * most of how a system answers.
 */
export async function mappedPeople(connectionId: string, few: number): Promise<MappedPeople> {
  const [row] = await rows<MappedPeople>(
    null,
    `with mapped as (
       select p.external_id, p.pages, p.polled_at, p.id from persons p join users u on u.id = p.user_id
       where p.connection_id = $1::uuid and p.external_id is not null and u.disabled_at is null)
     select (select count(*)::int from mapped) as count,
       array(select external_id from mapped order by pages desc, polled_at desc nulls last, id limit $2::int)
         as "externalIds"`,
    connectionId,
    few,
  )
  return row ?? { count: 0, externalIds: [] }
}
