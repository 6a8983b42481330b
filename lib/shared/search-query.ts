/** What somebody has typed into the search field, taken apart. Isomorphic. */
export type SearchQuery = {
  /** All must be found somewhere. */
  words: string[]
  from: string[]
  form: string[]
  /** Days, `2026-11-21`; the later and the earlier bound. */
  before: string | null
  after: string | null
  is: SearchState[]
}

export const SEARCH_STATES = ['unread', 'read', 'todo', 'cc', 'starred', 'snoozed', 'done', 'urgent'] as const
export type SearchState = (typeof SEARCH_STATES)[number]

const NAMES: Record<string, 'from' | 'form' | 'before' | 'after' | 'is'> = {
  from: 'from',
  form: 'form',
  before: 'before',
  after: 'after',
  is: 'is',
  发送人: 'from',
  表单: 'form',
  早于: 'before',
  晚于: 'after',
}

const TOKEN = /(?:([\p{L}]+)[:：])?(?:"([^"]*)"?|(\S+))/gu
const MOST_WORDS = 10

/** Reads `from:小云 form:请假 after:2026-11-01 is:unread "two words" rest`; what is no operator is a word. */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { words: [], from: [], form: [], before: null, after: null, is: [] }
  for (const [whole, name = '', quoted, plain] of text.matchAll(TOKEN)) {
    const value = (quoted ?? plain ?? '').trim()
    if (value === '') continue
    if (!takes(query, NAMES[name.toLowerCase()], value)) {
      query.words.push(name && quoted === undefined ? whole.trim() : value)
    }
  }
  query.words = query.words.slice(0, MOST_WORDS)
  return query
}

function takes(query: SearchQuery, name: (typeof NAMES)[string] | undefined, value: string): boolean {
  switch (name) {
    case 'from':
    case 'form':
      query[name].push(value)
      return true
    case 'before':
    case 'after':
      if (!isDay(value)) return false
      query[name] = value
      return true
    case 'is': {
      const state = SEARCH_STATES.find((known) => known === value.toLowerCase())
      if (!state) return false
      query.is.push(state)
      return true
    }
    default:
      return false
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
