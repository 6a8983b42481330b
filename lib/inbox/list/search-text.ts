import { normalizeSearch } from '@/lib/shared/normalize-search'
import type { Content } from '../message'

/** What stands before each part of a search text; never in a text itself. */
export const PARTS = { title: '\u0001', form: '\u0002', sender: '\u0003', text: '\u0004' } as const

/** Characters of each part; together what an index entry holds (2.7 kB of UTF-8 at most). */
const LIMITS = { title: 200, form: 60, sender: 40, all: 400 }

/** What a content is found by: title, form, sender, and as much of the text as there is room for. */
export function searchTextOf(content: Pick<Content, 'title' | 'subtitle' | 'sender' | 'text'>): string {
  const head =
    PARTS.title +
    cut(content.title, LIMITS.title) +
    PARTS.form +
    cut(content.subtitle, LIMITS.form) +
    PARTS.sender +
    cut(content.sender, LIMITS.sender) +
    PARTS.text
  return head + cut(content.text, LIMITS.all - head.length)
}

function cut(text: string | null, limit: number): string {
  if (!text) return ''

  const plain = normalizeSearch(text.slice(0, limit * 4)).replace(/[\u0000-\u0004]/g, '')
  return plain.replace(/\s+/g, ' ').slice(0, limit).toWellFormed()
}
