/**
 * Text as it is compared in searches, on both sides and in every database alike: compatibility forms (full-width
 * letters, ligatures) and case made one. Isomorphic, so that pages highlight what the server has found.
 */
export function normalizeSearch(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
