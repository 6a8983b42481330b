const LARGEST = 9_223_372_036_854_775_807n

/** A member id is a signed 64-bit number other than 0 (vendor's samples); `6.67E+18` of a spreadsheet is none. */
export function personId(text: string): string | null {
  const trimmed = text.trim()
  if (!/^-?\d{1,19}$/.test(trimmed)) return null
  const id = BigInt(trimmed)
  return id === 0n || id > LARGEST || id < -LARGEST - 1n ? null : id.toString()
}
