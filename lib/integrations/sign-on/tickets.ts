import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { deriveKey } from '@/lib/platform/app-secret'

/**
 * Tickets made here: 16 random bytes and 8 that only this installation can have made for that connection, in hex.
 * Vendors want no special characters. By its end a made-up ticket is refused without the database, so that nobody can
 * crowd out the real ones: all questions about tickets come from one address, the vendor's.
 */
const RANDOM_BYTES = 16
const MARK_BYTES = 8
const SHAPE = new RegExp(`^[0-9a-f]{${2 * (RANDOM_BYTES + MARK_BYTES)}}$`)

function markOf(connectionId: string, random: Buffer): Buffer {
  const key = deriveKey('sign-on-ticket.v1')
  return createHmac('sha256', key).update(connectionId).update(random).digest().subarray(0, MARK_BYTES)
}

/** A new ticket for somebody on the way to that connection's system. */
export function newTicket(connectionId: string): string {
  const random = randomBytes(RANDOM_BYTES)
  return Buffer.concat([random, markOf(connectionId, random)]).toString('hex')
}

/** Whether it was made here for that connection. It may be used or too old all the same. */
export function isOurs(connectionId: string, ticket: string): boolean {
  if (!SHAPE.test(ticket)) return false
  const bytes = Buffer.from(ticket, 'hex')
  const mark = markOf(connectionId, bytes.subarray(0, RANDOM_BYTES))
  return timingSafeEqual(mark, bytes.subarray(RANDOM_BYTES))
}

/** What is kept of a ticket, of ours or of the connection's system. */
export function ticketHash(connectionId: string, ticket: string): Buffer {
  return createHash('sha256').update(`${connectionId} ${ticket}`).digest()
}
