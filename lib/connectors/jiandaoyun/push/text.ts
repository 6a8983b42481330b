import { cleanText, TEXT_LIMITS } from '@/lib/inbox/message'

const MAX_WORD = 100

/** Text to show, null for none. Outer blanks are not text. */
export function shown(value: string | null, limit: number): string | null {
  return cleanText((value ?? '').trim(), limit).trim() || null
}

/** An `op` or `flow_action`, kept as the vendor wrote it. */
export function word(value: string | null): string | null {
  return cleanText(value ?? '', MAX_WORD).trim() || null
}

/** An address cut short would open something else, so one that is too long is none; the raw push keeps it. */
export function linkText(url: string | null): string | null {
  const link = shown(url, Infinity)
  return link !== null && link.length <= TEXT_LIMITS.link ? link : null
}
