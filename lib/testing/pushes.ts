import { randomUUID } from 'node:crypto'
import { POST } from '@/app/api/webhooks/[connectionId]/route'
import { createConnection } from '@/lib/integrations/connections/connections'
import { rows } from '@/lib/platform/db'
import { createPushBuilders, createSender, type PreparedPush, type Sender } from '@/simulators/jiandaoyun'
import { admin } from './office'

/** A connected Jiandaoyun: its sender speaks to the route handler itself, without a server. */
export type Company = { connection: string; secret: string; sender: Sender; push: typeof post }

let seed = 0

/** Connects one; without a secret it stays in set-up. */
export async function aCompany(secret: string | null = `secret-${randomUUID()}`): Promise<Company> {
  const connection = await createConnection(
    admin,
    { connector: 'jiandaoyun', name: `company ${randomUUID()}`, settings: secret === null ? {} : { secret } },
    'en',
  )
  return { connection, secret: secret ?? '', sender: senderOf(connection, secret), push: post }
}

export function senderOf(connection: string, secret: string | null): Sender {
  return createSender({ webhookUrl: `http://huixin.test/api/webhooks/${connection}`, secret, seed: ++seed })
}

/** Sends a prepared push to the handler. */
export async function post({ url, headers, body }: PreparedPush): Promise<Response> {
  const connectionId = new URL(url).pathname.split('/').at(-1)!
  const request = new Request(url, { method: 'POST', headers, body: new Uint8Array(body) })
  return POST(request, { params: Promise.resolve({ connectionId }) })
}

export const build = createPushBuilders({ seed: 7 })

/** A push of a new record to these people. */
export function aPush(to: string[], more: object = {}) {
  const people = to.map((username) => ({ username, name: username }))
  return build.message('data_create_message', { to: people, ...more })
}

export type StoredDelivery = { verdict: string; reason: string | null; op: string | null; body: Uint8Array }

/** The log of a connection, oldest first. */
export function deliveriesOf(connection: string): Promise<StoredDelivery[]> {
  return rows<StoredDelivery>(
    null,
    'select verdict, reason, op, body from deliveries where connection_id = $1::uuid order by id',
    connection,
  )
}
