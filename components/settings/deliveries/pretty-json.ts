/**
 * JSON with a line for each part, for reading. Works on the text itself, so that every digit of a long number and
 * every repeated key stays as it arrived. Gives `null` for what is no JSON.
 */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  let depth = 0
  const line = () => `\n${'  '.repeat(depth)}`
  return [...text.matchAll(TOKEN)]
    .map(([token], index, all) => {
      const before = all[index - 1]?.[0]
      const next = all[index + 1]?.[0]
      switch (token) {
        case '{':
        case '[':
          if (next === CLOSING[token]) return token
          depth++
          return token + line()
        case '}':
        case ']':
          if (before !== undefined && CLOSING[before] === token) return token
          depth--
          return line() + token
        case ',':
          return token + line()
        case ':':
          return ': '
        default:
          return token
      }
    })
    .join('')
}

const TOKEN = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
const CLOSING: Record<string, string> = { '{': '}', '[': ']' }
