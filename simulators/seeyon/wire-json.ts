/** What may stand in a simulated answer. A bigint becomes a bare JSON number, however long it is. */
export type WireValue =
  string | number | bigint | boolean | null | readonly WireValue[] | { readonly [key: string]: WireValue }

/**
 * JSON text as the vendor writes it: ids are numbers with all their digits. `JSON.stringify` cannot do that.
 * @param numbersAsStrings what the vendor's `option.n_a_s=1` asks for: every number in quotes
 */
export function toJsonText(value: WireValue, numbersAsStrings = false): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number' || typeof value === 'bigint') {
    return numbersAsStrings ? `"${value}"` : String(value)
  }
  if (isList(value)) return `[${value.map((item) => toJsonText(item, numbersAsStrings)).join(',')}]`
  let text = ''
  for (const key in value) {
    const item = value[key] as WireValue
    text += `${text === '' ? '{' : ','}${JSON.stringify(key)}:${toJsonText(item, numbersAsStrings)}`
  }
  return text === '' ? '{}' : `${text}}`
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value)
}

/** A parsed request body in which every long number kept its digits by becoming a bigint. */
export type ParsedJson = WireValue

const TOKEN = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g
const MARK = '\u0000long:'

/** Parses JSON without harming 64-bit integers; throws SyntaxError on anything that is not JSON. */
export function parseJsonText(text: string): ParsedJson {
  const quoted = text.replace(TOKEN, (token) =>
    token.startsWith('"') ? token : JSON.stringify(`${MARK}${token}`),
  )
  return JSON.parse(quoted, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  ) as ParsedJson
}
