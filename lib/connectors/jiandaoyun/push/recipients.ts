import { cleanText, TEXT_LIMITS } from '@/lib/inbox/message'
import type { PushRecipient } from '../../contract'

const MAX_USERNAME = 200

/**
 * Everybody in `data.to`, in its order and without leaving anybody out: an entry that names no usable `username`
 * keeps its place with the reason. Empty for anything but an array.
 *
 * A username (成员编号) is opaque and case-sensitive, so it is taken as it is: never trimmed, folded or cleaned.
 */
export function readRecipients(to: unknown): PushRecipient[] {
  return Array.isArray(to) ? to.map(readRecipient) : []
}

function readRecipient(entry: unknown): PushRecipient {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return { problem: 'recipient_not_object' }
  const { username, name } = entry as { username?: unknown; name?: unknown }
  const externalId = asId(username)
  if (externalId === null) return { problem: 'username_missing' }
  if (externalId === '') return { problem: 'username_empty' }
  if (externalId.length > MAX_USERNAME && [...externalId].length > MAX_USERNAME)
    return { problem: 'username_too_long' }
  // PostgreSQL cannot hold these, and replacing them would make one person of two.
  if (externalId.includes('\0') || !externalId.isWellFormed()) return { problem: 'username_not_text' }
  return { externalId, name: cleanText(asId(name) ?? '', TEXT_LIMITS.sender).trim() || null }
}

/** Text as it is, a number by its digits; those beyond 2^53 are text already. */
function asId(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : null
}
