import { username as schema } from '@/lib/contracts/auth'

/**
 * The form by which usernames are compared and looked up: compatibility forms (full-width letters) and case made one.
 * Applying it again changes nothing.
 */
export function normalizeUsername(username: string): string {
  // Lower case can bring back what NFKC had composed (İ), hence once more.
  return username.normalize('NFKC').toLowerCase().normalize('NFKC')
}

/** Whether it can be somebody's username at all: 1–64 characters, no control characters, no outer spaces. */
export function isUsername(text: string): boolean {
  return schema.safeParse(text).success
}
