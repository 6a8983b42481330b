const LARGEST = 2n ** 63n - 1n

/**
 * A number that a client named as text (digits only), as the database can hold it: what is too large becomes the
 * largest, which is nobody's id and above every watermark.
 */
export function bigintText(digits: string): string {
  return BigInt(digits) > LARGEST ? LARGEST.toString() : digits
}
