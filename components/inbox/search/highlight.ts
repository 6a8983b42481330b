import { normalizeSearch } from '@/lib/shared/normalize-search'
import { parseSearch } from '@/lib/shared/search-query'

export type Part = { text: string; hit: boolean }

/** A character with what combines with it to one: accents, the sounds of half-width kana, Hangul letters. */
const CHARACTER = /[^][\p{M}\uFF9E\uFF9F\u1160-\u11FF]*/gu
const SPACES = /\s+/g

/** What a search looks for in texts, as it is compared; operators about days and states look in none. */
export function needlesOf(q: string | null): string[] {
  if (!q) return []
  const { words, from, form } = parseSearch(q)
  const needles = [...words, ...from, ...form].map((word) => normalizeSearch(word).replace(SPACES, ' '))
  return [...new Set(needles)].filter((needle) => needle.trim() !== '')
}

/**
 * Cuts a text where needles begin and end in it, as the server finds them. Normalising may make a character longer
 * or shorter (㎏ is kg), so a hit is traced back to the characters it comes from, which are marked whole.
 */
export function highlight(text: string, needles: string[]): Part[] {
  if (needles.length === 0) return [{ text, hit: false }]
  const characters = text.match(CHARACTER) ?? []
  const { plain, origin } = normalizedWithOrigin(characters)
  const hit = new Array<boolean>(characters.length).fill(false)
  for (const needle of needles) {
    for (let at = plain.indexOf(needle); at >= 0; at = plain.indexOf(needle, at + needle.length)) {
      hit.fill(true, origin[at], origin[at + needle.length - 1]! + 1)
    }
  }
  const parts: Part[] = []
  characters.forEach((character, index) => {
    const last = parts.at(-1)
    if (last && last.hit === hit[index]) last.text += character
    else parts.push({ text: character, hit: hit[index]! })
  })
  return parts
}

/** Whether a search would mark anything in a text. */
export function hasNeedle(text: string, needle: string): boolean {
  return highlight(text, [needle]).some(({ hit }) => hit)
}

/** The text as it is compared, and for each of its code units the character it comes from. */
function normalizedWithOrigin(characters: string[]) {
  let plain = ''
  const origin: number[] = []
  characters.forEach((character, index) => {
    const normal = normalizeSearch(character).replace(SPACES, ' ')
    // However many spaces there are, one is compared.
    if (normal === ' ' && plain.endsWith(' ')) return
    plain += normal
    for (let unit = 0; unit < normal.length; unit++) origin.push(index)
  })
  return { plain, origin }
}
