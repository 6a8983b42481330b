import { createParser, parseAsBoolean, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs'
import { z } from 'zod'
import { category, view, type MessageFilter } from '@/lib/contracts/messages'
import { addDays, momentOf } from '@/lib/client/message-time'

const parseAsDay = createParser({
  parse: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text)) ? text : null),
  serialize: (day: string) => day,
})

const parseAsId = createParser({
  parse: (text) => (z.uuid().safeParse(text).success ? text : null),
  serialize: (id: string) => id,
})

/** A search is no longer. */
const LONGEST_SEARCH = 200

/** What a text asks to be searched for; null for nothing. */
export function searchWords(text: string): string | null {
  return text.trim().slice(0, LONGEST_SEARCH) || null
}

const parseAsSearch = createParser({ parse: searchWords, serialize: (q: string) => q })

/** What of the inbox stands in the address, so that links and Back work. `m` is the opened message. */
export const addressWords = {
  view: parseAsStringLiteral(view.options).withDefault('todo'),
  connector: parseAsString,
  connection: parseAsId,
  type: parseAsString,
  category: parseAsStringLiteral(category.options),
  form: parseAsString,
  sender: parseAsString,
  urgent: parseAsBoolean,
  /** Days of the server's calendar, both included. */
  after: parseAsDay,
  before: parseAsDay,
  /** What is searched for, in everything unless `within` the view. */
  q: parseAsSearch,
  within: parseAsBoolean,
  m: parseAsString,
}
export type InboxAddress = inferParserType<typeof addressWords>

/** The words of the filter panel; a view, a source and the opened message are not its business. */
export const PANEL_WORDS = ['category', 'type', 'form', 'sender', 'urgent', 'after', 'before'] as const
export type PanelWord = (typeof PANEL_WORDS)[number]

/** What the list is asked for. Days become moments of the server's time zone. */
export function filterOf(address: InboxAddress, timeZone: string): MessageFilter {
  const { after, before, urgent, within, m: _, ...words } = address
  const given = Object.entries(words).filter(([, value]) => value !== null && value !== '')
  return {
    ...(Object.fromEntries(given) as MessageFilter),
    ...(words.q && !within ? { view: 'all' } : {}),
    ...(urgent ? { urgent } : {}),
    ...(after ? { after: momentOf(after, '00:00', timeZone).toISOString() } : {}),
    ...(before ? { before: momentOf(addDays(before, 1), '00:00', timeZone).toISOString() } : {}),
  }
}

/** How many words of the panel are in use. */
export function panelWordsIn(address: InboxAddress): PanelWord[] {
  return PANEL_WORDS.filter((word) => address[word] !== null && address[word] !== false)
}

/** Whether anything but the view narrows the list. */
export function isNarrowed(address: InboxAddress): boolean {
  return address.connector !== null || address.connection !== null || panelWordsIn(address).length > 0
}
