import type { Random } from '../../random'
import type { SeeyonOptions } from '../options'
import type { Member } from './world'

/** Tickets that Seeyon gives somebody on the way to another system, which then asks whose they are. */
export interface Tickets {
  issue(member: Member): string
  /** Whose it is; asking uses nothing up, since server and browser show the same one. Null: nobody's, or too old. */
  holder(ticket: string): Member | null
}

const TICKET_LIMIT = 10_000

/** An empty store; tickets live as long as `options` say. */
export function createTickets(options: SeeyonOptions, random: Random, now: () => number): Tickets {
  const tickets = new Map<string, { member: Member; issuedAt: number }>()
  return {
    issue(member) {
      if (tickets.size >= TICKET_LIMIT) tickets.clear()
      const ticket = random.uuid()
      tickets.set(ticket, { member, issuedAt: now() })
      return ticket
    },
    holder(ticket) {
      const found = tickets.get(ticket)
      return found && now() - found.issuedAt < options.ticketLifeMs ? found.member : null
    },
  }
}
