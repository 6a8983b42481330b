import type { Locale } from '@/lib/shared/errors'

/** The card of a connector: from it the settings pages are drawn. */

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
  /** `forward`: passing messages on to another connection, see forward-setting.ts. */
  kind: 'text' | 'url' | 'secret' | 'number' | 'choice' | 'list' | 'switch' | 'forward'
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
  /** Pushes keep failing here: whether the system stops pushing by itself, and where it is switched on again. */
  pushOff?: string
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
  /** Names of pushes that are no type of message, for the list of what arrived. */
  ops?: Record<string, string>
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
  /** A setting that would mend it, and what the button says that saves it. */
  suggest?: { setting: string; value: unknown; label: Record<Locale, string> }
}

/** Who is mapped, for checks that only somebody's own data can answer: how many, and the ids of a few. */
export type MappedPeople = { count: number; externalIds: string[] }
