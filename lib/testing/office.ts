import { randomUUID } from 'node:crypto'
import { afterEach } from 'vitest'
import { createConnection } from '@/lib/integrations/connections/connections'
import { putMapping } from '@/lib/integrations/people/map-people'
import { pollDue } from '@/lib/integrations/polling/poll-due'
import { pushOutbox } from '@/lib/integrations/polling/push-outbox'
import { execute, rows } from '@/lib/platform/db'
import { startSeeyon, type SeeyonSimulator, type SeeyonStart } from '@/simulators/seeyon'
import { aUser } from './builders'

export const admin = { id: randomUUID(), username: 'admin' }

/** A simulated Seeyon and the connection to it. */
export type Office = { seeyon: SeeyonSimulator; connection: string }
export type Employee = { login: string; user: string; personId: string }

const open: Office[] = []

/** To be called once at the top of a test file: closes and archives after each test what the test has opened. */
export function closeOffices(): void {
  afterEach(async () => {
    for (const { seeyon, connection } of open.splice(0)) {
      await execute(null, 'update connections set archived_at = now() where id = $1::uuid', connection)
      await seeyon.close()
    }
  })
}

/** Starts a Seeyon and connects it, as an administrator does. */
export async function anOffice(start: SeeyonStart = {}, settings: object = {}): Promise<Office> {
  const seeyon = await startSeeyon(start)
  const { baseUrl, restUser, restPassword } = seeyon
  const connection = await createConnection(
    admin,
    {
      connector: 'seeyon',
      name: `office ${randomUUID()}`,
      settings: { baseUrl, restUser, restPassword, pollSeconds: 60, ...settings },
    },
    'en',
  )
  const office = { seeyon, connection }
  open.push(office)
  return office
}

/** A member of the simulated Seeyon who is mapped to a user. */
export async function anEmployee({ seeyon, connection }: Office, login: string): Promise<Employee> {
  seeyon.addMember({ loginName: login, name: login })
  const username = `${login}-${randomUUID()}`
  const user = await aUser(username)
  const { personId } = await putMapping(admin, { connectionId: connection, username, loginName: login })
  return { login, user, personId }
}

/** Polls everybody of the connection once, now, whether due or not (but not in an open circuit). */
export async function poll({ connection }: Office, signal = new AbortController().signal): Promise<number> {
  await execute(
    null,
    'update persons set next_poll_at = now() where connection_id = $1::uuid and next_poll_at is not null',
    connection,
  )
  return pollWhoIsDue(signal)
}

/** What the background loop does, until nobody is due. */
export async function pollWhoIsDue(signal = new AbortController().signal): Promise<number> {
  let polls = 0
  for (;;) {
    const inHand = new Set<Promise<void>>()
    const started = await pollDue(inHand, signal)
    if (started === 0) return polls
    polls += started
    await Promise.all(inHand)
  }
}

/** Lets the pause of the circuit be over. */
export function endPause({ connection }: Office): Promise<number> {
  return execute(null, 'update connections set retry_at = now() where id = $1::uuid', connection)
}

/** Tells the vendor what is pending, without waiting until it can no longer be undone. */
export async function tell({ personId }: Employee): Promise<void> {
  await execute(
    null,
    `update outbox set due_at = now() where person_id = $1::bigint and state = 'pending'`,
    personId,
  )
  await pushOutbox(personId)
}

export type Circuit = { failures: number; retryIn: number | null; lastError: string | null }

export async function circuitOf({ connection }: Office): Promise<Circuit> {
  const [row] = await rows<Circuit>(
    null,
    `select failures, extract(epoch from retry_at - now())::float8 as "retryIn", last_error as "lastError"
     from connections where id = $1::uuid`,
    connection,
  )
  return row!
}
