import type { z } from 'zod'
import type { Content } from '@/lib/inbox/message'
import type { Locale } from '@/lib/shared/errors'
import type { Card, CardTexts, Check, MappedPeople } from './card'
import type { ConnectorError } from './connector-error'

export type { Card, CardField, CardTexts, Check, MappedPeople } from './card'
export { ConnectorError, isConnectorError, type ConnectorErrorKind } from './connector-error'

/**
 * The port every vendor is plugged into. A connector turns wire bytes into `Content` and back; it knows nothing of
 * the database, of users or of HTTP routes. Everything but `card`, `settings`, `link` and `test` is optional.
 */
export type Connector<S = unknown> = {
  /** The word in `connection.connector`, lower case. */
  id: string
  card: Card
  texts: Record<Locale, CardTexts>
  /** All settings, secrets included, with defaults filled in. Checked on every save and every read. */
  settings: z.ZodType<S>
  /** A person's id as that system writes it, null for a text that cannot be one; without it any text is. */
  personId?(text: string): string | null
  webhook?: Webhook<S>
  pull?: Pull<S>
  writeBack?: WriteBack<S>
  directory?: Directory<S>
  todos?: Todos<S>
  send?: Send<S>
  link: LinkResolver<S>
  signOn?: SignOn<S>
  /** One check per thing that can be wrong, in the order in which they depend on each other. */
  test(context: Context<S>, mapped?: MappedPeople): Promise<Check[]>
}

/** What a capability is given for each call. */
export type Context<S> = {
  connectionId: string
  settings: S
  /** Ends the call early (shutdown, lease lost). */
  signal?: AbortSignal
}

// ── Pushes ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A push as it arrived: the signature is over exactly these bytes. Header names are lower case. */
export type RawPush = { body: Uint8Array; headers: Record<string, string>; query: URLSearchParams }

export type Webhook<S> = {
  /** False while the secret that pushes are checked with is not there yet: the connection is in set-up. */
  ready(settings: S): boolean
  /** Whether the push is the vendor's; `sentAt` is the time it claims, for the skew shown to administrators. */
  authenticate(push: RawPush, settings: S, now: Date): Authenticity
  /** The vendor's id of this delivery (not signed), null without one. */
  deliveryId(push: RawPush): string | null
  /** `receivedAt`: when it came, for pushes that do not say when they were sent. */
  read(push: RawPush, settings: S, receivedAt: Date): PushReading
}

export type Authenticity =
  | { ok: true; timestamp: Date | null }
  | {
      ok: false
      reason: 'signature_missing' | 'signature_wrong' | 'nonce_malformed' | 'timestamp_malformed'
    }

export type PushReading =
  /** One message per usable recipient; an unusable entry keeps its place with the reason. */
  | { kind: 'message'; op: string; hasSendTime: boolean; content: Content; recipients: PushRecipient[] }
  /** Signed, but cannot be understood: kept as a dead letter. */
  | { kind: 'dead'; op: string | null; hasSendTime: boolean; reason: string }
  /** A test, or another family of pushes at the same address: kept, no message. */
  | { kind: 'other'; op: string; hasSendTime: boolean; reason: 'test' | 'other_family' }

export type PushRecipient = { externalId: string; name: string | null } | { problem: string }

// ── Polls ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Pull<S> = {
  /** Seconds between two polls of an active person, and polls in flight at once, from the settings. */
  pace(settings: S): { pollSeconds: number; concurrency: number }
  /** Whether a to-do that was read over there counts as done; absent: never. */
  readSettles?(settings: S): boolean
  /** The person behind a sign-in name; null: the system knows no such name. Throws `ConnectorError`. */
  findPerson(context: Context<S>, loginName: string): Promise<FoundPerson | null>
  /** What is unread, page by page, as deep as `plan` says. Throws only if nothing could be read at all. */
  scanUnread(context: Context<S>, externalId: string, plan: ScanPlan): Promise<Scan>
  /** Everything, newest first, until `limit` items, older than `since`, or a whole page of known ones. */
  scanAll(context: Context<S>, externalId: string, bounds: ScanBounds): Promise<Scan>
}

export type FoundPerson = { externalId: string; loginName: string; name: string | null; active: boolean }

/** Which of these ids are held already, with the vendor's read state as it was last told. */
export type AreKnown = (ids: string[]) => Promise<ReadonlySet<string>>

/**
 * How deep a scan of the unread list goes.
 * - `all`: every page
 * - `all_large`: every page, in larger pages: for long lists that are read whole only now and then
 * - `news`: on while a page holds anything new; only for lists known to run from new to old
 */
export type ScanPlan = { depth: 'all' | 'all_large' } | { depth: 'news'; areKnown: AreKnown }

export type ScanBounds = { limit: number; since: Date; areKnown?: AreKnown }

export type Scan = {
  /** Only a complete scan says something about what it does not list. */
  complete: boolean
  items: ScannedItem[]
  /** Pages of the ordinary size that the listing fills, at least 1, and whether it ran from new to old. */
  pages: number
  newestFirst: boolean
  /** Why it is not complete; absent where it ended early because there was nothing new. */
  error?: ConnectorError
}

/** `externalId` is the vendor's id as text: 64-bit ids never pass through a number. */
export type ScannedItem = {
  externalId: string
  read: boolean
  content: Content
  /** What looks like a token of ours in its link: it may be the copy of a message that was sent there from here. */
  echo?: string | null
}

// ── Who there is, and what they still have to do ────────────────────────────────────────────────────────────────

export type Directory<S> = {
  /** False while the settings do not allow asking. */
  ready(settings: S): boolean
  /** Everybody, each once. Throws `ConnectorError` unless the whole list was read. */
  listPeople(context: Context<S>): Promise<DirectoryPerson[]>
}

export type DirectoryPerson = { externalId: string; name: string | null; active: boolean }

/** Comparing the to-dos here with those of the system: what is missing here, and what is over there. */
export type Todos<S> = {
  /** False while the settings do not allow asking. */
  ready(settings: S): boolean
  /** Seconds between two comparisons of one person. */
  everySeconds: number
  /**
   * What a to-do not listed as open means: `nothing` (`findOver` must be asked), or that it is over when two complete
   * listings in a row do not name it.
   */
  absence: 'nothing' | 'over_twice'
  /** What the system calls the to-do of a message; null: it cannot be compared. */
  refOf(todo: HeldTodo): string | null
  /** Everything open for one person. Throws `ConnectorError` unless the whole list was read. */
  listOpen(context: Context<S>, externalId: string): Promise<OpenTodo[]>
  /** Which of these the system says are over, by message id; what is not certain is left out. */
  findOver?(context: Context<S>, externalId: string, held: HeldTodo[]): Promise<string[]>
}

export type OpenTodo = {
  ref: string
  /** As the system would have pushed it, so that one that is missing here can be brought in; absent: polling brings it. */
  push?: RawPush
}

/** An open to-do of a person here. `generation` is what its pushes were folded by (`Folding`). */
export type HeldTodo = {
  messageId: string
  generation: string | null
  type: string
  link: string | null
  linkRef: Record<string, string> | null
  sentAt: Date
}

// ── Telling the vendor, opening the original ────────────────────────────────────────────────────────────────────

export type WriteBack<S> = {
  /** At most so many ids a call. */
  batch: number
  /** Tells the system that these were read. Returns once it accepted; throws `ConnectorError`. */
  markRead(context: Context<S>, personExternalId: string, ids: string[]): Promise<void>
}

export type LinkResolver<S> = {
  /** True if something could be opened, judged without asking the vendor. */
  has(content: LinkSource): boolean
  /** The checked address, null for none; throws `ConnectorError` if the vendor must be asked and does not answer. */
  resolve(context: Context<S>, content: LinkSource): Promise<string | null>
}

export type LinkSource = Pick<Content, 'link' | 'linkRef' | 'sentAt'>

// ── Single sign-on ──────────────────────────────────────────────────────────────────────────────────────────────

/** Opening the system as somebody who is signed in here (`ready`, `entry`), and the other way round (the rest). */
export type SignOn<S> = {
  /** False while the settings do not say how. */
  ready(settings: S): boolean
  /**
   * The link by way of the system's sign-in, which then asks us whose the ticket is. Null for a link that leads
   * anywhere but into that system: it is opened as it is, and no ticket leaves.
   */
  entry(settings: S, link: string, ticket: string): string | null
  /** Whether the settings let people in who come from the system. */
  accepts(settings: S): boolean
  /** The system's ticket in an address that it sent somebody to; null for none, or a text that cannot be one. */
  ticketIn(query: URLSearchParams): string | null
  /** The sign-in name of the person behind a ticket, null if it stands for nobody. Throws `ConnectorError`. */
  whose(context: Context<S>, ticket: string): Promise<string | null>
  /** What the system's server reads, which may call the address before the browser does. */
  answers: { known: string; unknown: string }
}

// ── Sending into a system ───────────────────────────────────────────────────────────────────────────────────────

export type Send<S> = {
  /** False while the settings name nobody as the sender: then each message must. */
  ready(settings: S): boolean
  /** Sends one message to one person. Never throws a `ConnectorError`: what became of it is the answer. */
  send(context: Context<S>, to: Receiver, message: OutgoingMessage): Promise<SendResult>
}

/** By sign-in name only where the system's id is not known yet. */
export type Receiver = { externalId: string } | { loginName: string }

/** `senderLoginName`: who appears as its sender there; null: whom the settings name. */
export type OutgoingMessage = { text: string; url: string | null; senderLoginName: string | null }

/**
 * - `sent`: the system took it
 * - `refused`: the system said no; it did not arrive and will not
 * - `unclear`: it may have arrived. Sending it again could make two: never done by itself
 * - `not_sent`: it certainly did not arrive, and may be sent again
 */
export type SendResult =
  | { state: 'sent' }
  | { state: 'refused'; detail: Record<Locale, string> }
  /** `outage`: no answer, or none of the system itself; others would fare alike. */
  | { state: 'unclear'; detail: Record<Locale, string>; outage: boolean }
  | { state: 'not_sent'; detail: Record<Locale, string>; retryAfterSeconds?: number }
