import { writeAudit } from '@/lib/auth/audit'
import { attempt } from '@/lib/auth/limits/attempts'
import type { From } from '@/lib/auth/sign-in'
import { signInVouched } from '@/lib/auth/vouched'
import { isConnectorError, type SignOn } from '@/lib/connectors/contract'
import type { Tx } from '@/lib/platform/transaction'
import { isAppError } from '@/lib/shared/errors'
import { liveConnection, type LiveConnection } from '../connections/connection-settings'
import { away, closed, disabled, invalid, unmapped, used } from './refusals'
import { isStillNamed } from './same-person'
import { isSpent, mappedByName, spendTicket } from './sign-on-store'
import { ticketHash } from './tickets'

/** Somebody or something that a vendor's system sent here, with its ticket in the query. */
export type Arrival = { connectionId: string; query: URLSearchParams; from: From }

type Entrance = LiveConnection & { signOn: SignOn<unknown> }
type Open = Entrance & { ticket: string }

/**
 * Signs in the person whose ticket it is, which works once a ticket. Throws `not_found` where this way is closed,
 * `unauthenticated` for a wrong ticket, `conflict` for a used one, `forbidden` for who is not mapped or is disabled,
 * `source_unavailable`, `too_many_attempts`: all with what to do.
 */
export async function arrive({ connectionId, query, from }: Arrival): Promise<{ setCookies: string[] }> {
  const open = withTicket(await entranceOf(connectionId), query)
  const hash = ticketHash(open.row.id, open.ticket)
  if (await isSpent(hash)) throw used()
  const { userId, username, loginName } = await personBehind(open, from.address)
  return signInVouched(userId, from.headers, async (tx: Tx) => {
    if (!(await spendTicket(tx, { hash, connectionId: open.row.id, userId }))) throw used()
    await writeAudit(tx, {
      actor: { id: userId, username },
      action: 'user.sign_on',
      subject: userId,
      detail: { connectionId: open.row.id, loginName },
    })
  })
}

/**
 * What the system's own server is told, that calls before it sends the browser here: whether that will work. It uses
 * nothing up. Throws `not_found`, `source_unavailable`, `too_many_attempts` as `arrive` does.
 */
export async function announce({ connectionId, query, from }: Arrival): Promise<string> {
  const entrance = await entranceOf(connectionId)
  const { answers } = entrance.signOn
  try {
    await personBehind(withTicket(entrance, query), from.address)
    return answers.known
  } catch (error) {
    if (isAppError(error) && (error.status === 401 || error.status === 403)) return answers.unknown
    throw error
  }
}

async function entranceOf(connectionId: string): Promise<Entrance> {
  const live = await liveConnection(connectionId).catch((error: unknown) => {
    throw isAppError(error) && error.code === 'not_found' ? closed() : error
  })
  const { signOn } = live.connector
  if (live.row.archivedAt || !signOn?.accepts(live.settings)) throw closed()
  return { ...live, signOn }
}

function withTicket(entrance: Entrance, query: URLSearchParams): Open {
  const ticket = entrance.signOn.ticketIn(query)
  if (ticket === null) throw invalid()
  return { ...entrance, ticket }
}

/** The enabled user behind the ticket, by the system's word and the mapping. */
async function personBehind(open: Open, address: string) {
  try {
    const loginName = await vouchedName(open, address)
    const [person, another] = await mappedByName(open.row.id, loginName)
    if (!person || another || !(await isStillNamed(open, person))) throw unmapped(loginName)
    if (person.disabled) throw disabled()
    return person
  } catch (error) {
    throw isConnectorError(error) ? away(error) : error
  }
}

/** A wrong ticket costs the system a question, so an address has only so many; right ones have no limit. */
async function vouchedName({ signOn, context, ticket }: Open, address: string): Promise<string> {
  const loginName = await attempt(`\0ticket ${ticket}`, address, () => signOn.whose(context, ticket))
  if (loginName === null) throw invalid()
  return loginName
}
