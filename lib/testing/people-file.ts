import { randomUUID } from 'node:crypto'
import { POST as importRoute } from '@/app/api/v1/admin/mappings/import/route'
import type { ImportResult } from '@/lib/contracts/import'
import { execute, rows } from '@/lib/platform/db'
import type { Browser } from './browser'

/** What tests of importing and exporting people do. */

/** A pushing connection of that name, where people are known by ids; gives its id. */
export async function aForms(name = `forms ${randomUUID()}`): Promise<string> {
  return insert('jiandaoyun', name, {})
}

/** A polled connection of that name, where people are known by sign-in names; nobody answers at its address. */
export async function anOa(name = `oa ${randomUUID()}`): Promise<string> {
  const settings = { baseUrl: 'http://127.0.0.1:9', restUser: 'rest', restPassword: 'secret' }
  return insert('seeyon', name, settings)
}

async function insert(connector: string, name: string, settings: object): Promise<string> {
  const id = randomUUID()
  await execute(
    null,
    'insert into connections (id, connector, name, settings) values ($1::uuid, $2, $3, $4::jsonb)',
    id,
    connector,
    name,
    JSON.stringify(settings),
  )
  return id
}

/** Sends a file, as text or as the bytes of another encoding, as a browser or a script does. */
export function sendFile(
  own: Browser,
  file: string | Uint8Array,
  query = '',
  more: Record<string, string> = {},
) {
  const headers = { 'content-type': 'text/csv', ...more }
  return own.send(importRoute, 'POST', `/api/v1/admin/mappings/import${query}`, { body: file, headers })
}

/** Imports a file and gives the answer; throws where there is none. */
export async function importFile(own: Browser, file: string | Uint8Array, query = ''): Promise<ImportResult> {
  const response = await sendFile(own, file, query)
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as ImportResult
}

/** Who is mapped to whom: `username → person`. */
export async function mapped(connectionId: string): Promise<string[]> {
  const found = await rows<{ username: string; person: string }>(
    null,
    `select u.display_username as username, coalesce(p.external_id, p.login_name || '?') as person
     from persons p join users u on u.id = p.user_id where p.connection_id = $1::uuid order by u.username`,
    connectionId,
  )
  return found.map(({ username, person }) => `${username} → ${person}`)
}
