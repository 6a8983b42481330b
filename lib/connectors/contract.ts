import type { z } from 'zod'
import type { Content } from '@/lib/inbox/message'
import type { Locale } from '@/lib/shared/errors'

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
  link: LinkResolver<S>
  /** One check per thing that can be wrong, in the order in which they depend on each other. */
  test(context: Context<S>): Promise<Check[]>
}

/** What a capability is given for each call. */
export type Context<S> = {
  connectionId: string
  settings: S
  /** Ends the call early (shutdown, lease lost). */
  signal?: AbortSignal
}

// ── The card: from it the settings pages are drawn ──────────────────────────────────────────────────────────────

/** Plain JSON; texts stand in `CardTexts` under the same names. */
export type Card = {
  tile: { hue: number }
  fields: CardField[]
  guide: { id: string; picture?: string; check?: 'received' | 'test' }[]
  /** Ways to say who somebody is in that system; the first is the ordinary one. */
  mappingKeys: ('externalId' | 'loginName')[]
  /** Where employees are told what became of a read; absent for systems that cannot be told. */
  tellsRead: boolean
}

export type CardField = {
  name: string
  kind: 'text' | 'url' | 'secret' | 'number' | 'choice' | 'list' | 'switch'
  required?: boolean
  /** Shown under "more settings". */
  advanced?: boolean
  options?: string[]
  min?: number
  max?: number
  default?: string | number | boolean | string[]
  /** A secret whose earlier value stays valid for a day: settings get `previous<Name>: { value, until }`. */
  rotates?: boolean
}

export type CardTexts = {
  name: string
  /** One character for the tile. */
  letter: string
  /** What it is, one line. */
  about: string
  /** The page's primary button: open the original in this system. */
  open: string
  /** Told the system about a read: pending, done, failed; and why "unread" is not told. */
  sync?: { pending: string; synced: string; failed: string; unread: string }
  fields: Record<
    string,
    { label: string; help: string; placeholder?: string; options?: Record<string, string> }
  >
  guide: Record<string, { title: string; text: string }>
  mappingKeys: Record<string, { label: string; help: string }>
  /** Names of `Check.name`. */
  checks: Record<string, string>
  /** Names of `Content.type` values, as far as known, for filters. */
  types: Record<string, string>
  /** Names of `Content.action` values. */
  actions?: Record<string, string>
  /** What `PushReading.reason` and `PushRecipient.problem` say, in words. */
  reasons?: Record<string, string>
}

export type Check = {
  name: string
  ok: boolean
  /** What was seen, and what to do where it is not ok; in both languages. */
  detail: Record<Locale, string>
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
  /** Seconds between two polls of one person, and polls in flight at once, from the settings. */
  pace(settings: S): { pollSeconds: number; concurrency: number }
  /** The person behind a sign-in name; null: the system knows no such name. Throws `ConnectorError`. */
  findPerson(context: Context<S>, loginName: string): Promise<FoundPerson | null>
  /** Everything unread, page by page. Throws only if nothing could be read at all. */
  scanUnread(context: Context<S>, externalId: string): Promise<Scan>
  /** Everything, newest first, until `limit` items or older than `since`. */
  scanAll(context: Context<S>, externalId: string, bounds: { limit: number; since: Date }): Promise<Scan>
}

export type FoundPerson = { externalId: string; loginName: string; name: string | null; active: boolean }

export type Scan = {
  /** Only a complete scan says something about what it does not list. */
  complete: boolean
  items: ScannedItem[]
  /** Why it is not complete. */
  error?: ConnectorError
}

/** `externalId` is the vendor's id as text: 64-bit ids never pass through a number. */
export type ScannedItem = { externalId: string; read: boolean; content: Content }

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

// ── Errors ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * - `unavailable`: no answer, a time-out, 5xx, a page instead of data, cut-off data: says nothing, try later
 * - `unauthorized`: 401 or a refused account: an administrator must look, try later
 * - `refused`: the system understood and said no
 * - `misconfigured`: the address or the settings cannot work
 */
export type ConnectorErrorKind = 'unavailable' | 'unauthorized' | 'refused' | 'misconfigured'

const BRAND = 'huixin.ConnectorError'

/** What went wrong with a vendor system, in words for an administrator. Carries no secret and no message text. */
export class ConnectorError extends Error {
  readonly brand = BRAND
  constructor(
    readonly kind: ConnectorErrorKind,
    readonly detail: Record<Locale, string>,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(detail.en, { cause: options.cause })
    this.name = 'ConnectorError'
    this.retryAfterSeconds = options.retryAfterSeconds
  }
  readonly retryAfterSeconds?: number
}

/** True for a `ConnectorError` of any bundle of this process. */
export function isConnectorError(error: unknown): error is ConnectorError {
  return typeof error === 'object' && error !== null && (error as { brand?: unknown }).brand === BRAND
}
