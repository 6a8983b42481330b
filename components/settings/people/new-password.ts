// Without what is easily mistaken for one another: 0 O, 1 l I.
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A password of 16 characters in four groups (93 bits), easy to read out and to copy. */
export function newPassword(): string {
  const characters = Array.from({ length: 16 }, () => LETTERS.charAt(randomBelow(LETTERS.length)))
  return [0, 4, 8, 12].map((start) => characters.slice(start, start + 4).join('')).join('-')
}

/** Every number equally often: what does not divide evenly is drawn again. */
function randomBelow(limit: number): number {
  const usable = 256 - (256 % limit)
  const byte = new Uint8Array(1)
  do crypto.getRandomValues(byte)
  while ((byte[0] ?? 0) >= usable)
  return (byte[0] ?? 0) % limit
}
