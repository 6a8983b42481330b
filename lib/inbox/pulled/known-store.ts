import { rows } from '@/lib/platform/db'

/** Those of a person's ids that are held already; with `unread` only those that the vendor had unread when last told. */
export async function selectKnown(
  personId: string,
  ids: string[],
  unread: boolean,
): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    null,
    `select external_id as id from pulled_items
     where person_id = $1::bigint and external_id = any($2::text[]) and not ($3 and vendor_read)`,
    personId,
    ids,
    unread,
  )
  return new Set(found.map((row) => row.id))
}
