import type { IsreadCall, SendCall } from './call'
import type { RequestCounts, RequestRecord } from './counters'
import type { Endpoint } from './endpoints'
import type { Fault, FaultInput } from './faults/faults'
import type { SeeyonOptions } from './options'
import type { MessageInput, Selection } from './world/sending'
import type { Member, MemberInput, SeeyonMessage } from './world/world'

/** Which page of which scan a hook waits for. */
export interface ScanHookInput {
  endpoint?: 'unread' | 'all'
  loginName?: string
  /** The page after which it strikes, from 1. */
  page: number
}

/** What `startSeeyon` takes: the server's ways, and where and how it runs. */
export interface SeeyonStart extends Partial<SeeyonOptions> {
  /** Default 0: any free port. */
  port?: number
  /** Default 127.0.0.1. */
  host?: string
  /** Makes ids and texts; the same seed makes the same. Default 1. */
  seed?: number
  /** Epoch milliseconds, default `Date.now`. `advance` comes on top. */
  now?: () => number
  members?: MemberInput[]
}

/** Who has what, what was asked, what is set. Ids are text. */
export interface SeeyonState {
  now: number
  options: Omit<SeeyonOptions, 'restPassword'>
  members: { loginName: string; name: string; id: string; unit: string; unread: string[]; read: string[] }[]
  isreadCalls: IsreadCall[]
  /** Read marks taken and not yet shown. */
  queuedReads: number
  requests: RequestCounts
  tokens: { alive: number; issued: number; boundTo: (string | null)[] }
  faults: Fault[]
  log: RequestRecord[]
}

/** A running Seeyon. All methods act at once. */
export interface SeeyonSimulator {
  /** `http://127.0.0.1:<port>`. */
  origin: string
  /** The same with `/seeyon`. */
  baseUrl: string
  port: number
  restUser: string
  restPassword: string
  /** Adds a member, or changes the one with that login name. */
  addMember(input: MemberInput): Member
  /** The member with that login name; throws when there is none. */
  member(loginName: string): Member
  /** Puts one message into a member's list. */
  send(loginName: string, input?: MessageInput): SeeyonMessage
  /** The same several times; the last is the newest. */
  sendMany(loginName: string, count: number, input?: MessageInput): SeeyonMessage[]
  /** As if read in Seeyon by the employee: at once. Gives the ids changed. */
  markRead(selection: Selection): string[]
  /** Seeyon documents no such act; for tests of an id that comes back unread. */
  markUnread(selection: Selection): string[]
  /** Purges: gone from `unread` and `all`. */
  remove(selection: Selection): string[]
  /** As if handled in Seeyon: the affair is over, all messages of its reference are read. Gives their ids. */
  handle(loginName: string, affairId: string): string[]
  /** Ids of the affairs that a member still has to handle, the newest first. */
  pendingAffairs(loginName: string): string[]
  /** A ticket of that member, as Seeyon gives it to another system with the browser. */
  issueTicket(loginName: string): string
  /** Ids that `message/unread` would list now, in its order. */
  unread(loginName: string): string[]
  /** All that a member has, oldest first, with contents. */
  messages(loginName: string): SeeyonMessage[]
  /** Calls of `isread`, oldest first. */
  isreadCalls(): IsreadCall[]
  /** Calls that sent, or tried to, oldest first; without those that a fault swallowed. */
  sendCalls(): SendCall[]
  fault(input: FaultInput): Fault
  clearFaults(which?: { id: number } | { endpoint: Endpoint | '*' }): void
  /** Once, right after that page was made up: what a moving list looks like in the middle of a scan. */
  afterPage(where: ScanHookInput, action: () => void): void
  configure(change: Partial<SeeyonOptions>): void
  /** Moves the simulator's clock forward: tokens idle out, queued marks and messages appear. */
  advance(ms: number): void
  /** Shows all queued read marks now. */
  flush(): void
  expireTokens(): void
  resetCounters(): void
  requests(): RequestCounts
  log(): RequestRecord[]
  /** Settles after so many more answered requests of that endpoint. */
  whenRequested(endpoint: Endpoint, times?: number): Promise<RequestRecord>
  state(): SeeyonState
  close(): Promise<void>
}
