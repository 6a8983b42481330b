import { parseLosslessJson } from '@/lib/shared/lossless-json'

export type ParsedBody = { value: unknown } | { problem: 'not_utf8' | 'not_json' }

/**
 * The JSON of a push's raw bytes: UTF-8, with or without a byte order mark. Numbers too large for a number come as
 * text, so that ids keep their digits. Never throws.
 */
export function parseBody(bytes: Uint8Array): ParsedBody {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { problem: 'not_utf8' }
  }
  try {
    return { value: parseLosslessJson(text) }
  } catch {
    return { problem: 'not_json' }
  }
}
