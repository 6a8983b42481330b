import { parse } from 'lossless-json'

/**
 * JSON whose numbers a JavaScript number cannot hold exactly come out as text: 64-bit ids keep every digit.
 * Numbers that fit stay numbers, and repeated keys take the last value, as with `JSON.parse`.
 * @throws SyntaxError for anything that is not JSON, and for JSON nested too deeply to read
 */
export function parseLosslessJson(text: string): unknown {
  try {
    return parse(withoutMark(text), null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue })
  } catch (error) {
    // A million opening brackets exhaust the parser's stack.
    if (error instanceof RangeError) throw new SyntaxError('JSON is nested too deeply', { cause: error })
    throw error
  }
}

/**
 * As `parseLosslessJson`, for senders that put raw control characters into their texts: if the text is not JSON,
 * it is read once more with these taken as what they stand for (tab, line feed) or left out.
 */
export function parseTolerantJson(text: string): unknown {
  try {
    return parseLosslessJson(text)
  } catch (error) {
    const repaired = withoutRawControls(text)
    if (repaired === text) throw error
    return parseLosslessJson(repaired)
  }
}

function parseNumber(text: string): number | string {
  const number = Number(text)
  // Every double above 2^53 is a whole number, so this also keeps `6.67E+18`, an id that a spreadsheet broke.
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : text
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

const ESCAPES: Record<string, string> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/**
 * Inside strings a control character is escaped or dropped; outside it becomes a space, so that the digits of two
 * numbers never join. A hand-written scan: a regular expression over hostile text could take quadratic time.
 */
function withoutRawControls(text: string): string {
  const parts: string[] = []
  let inString = false
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) inString = !inString
    else if (code === 0x5c && inString) at++
    else if (code < 0x20) {
      parts.push(text.slice(from, at), inString ? (ESCAPES[text.charAt(at)] ?? '') : ' ')
      from = at + 1
    }
  }
  return from === 0 ? text : parts.join('') + text.slice(from)
}
