/**
 * Cells of a people file. Spreadsheets run cells that begin like a formula, whoever wrote them, and spoil long numbers:
 * writing guards against that, reading undoes it.
 */
export type Cell = {
  text: string
  /** It was guarded or quoted as text, so it stands for exactly what it says. */
  literal: boolean
}

/** What a spreadsheet takes for a formula (full-width signs too, in East Asia); and our own guard. */
const GUARDED = /^[=+\-@\t\r\n'＝＋－＠]/
/** How a spreadsheet shows a number that is too long for it. */
const RUINED = /^[+-]?\d(?:[.,]\d+)?E[+-]\d{2,3}$/i

/** What a cell says: one leading apostrophe and `="…"` undone, other cells without outer spaces. */
export function readCell(raw: string): Cell {
  if (raw.startsWith("'")) return { text: raw.slice(1), literal: true }
  const text = raw.trim()
  const quoted = /^="(.*)"$/s.exec(text)?.[1]
  if (quoted === undefined) return { text, literal: false }
  return { text: quoted.replaceAll('""', '"').trim(), literal: true }
}

/** The cell as CSV text: guarded by an apostrophe where that is needed, and quoted. `readCell` gives `text` back. */
export function writeCell(text: string): string {
  const guard = GUARDED.test(text) || RUINED.test(text) || text !== text.trim()
  const guarded = guard ? `'${text}` : text
  return guard || /[",;\t\r\n]/.test(text) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** Whether a spreadsheet has made a power of ten of what was a long number: what it was cannot be told any more. */
export function isRuinedNumber({ text, literal }: Cell): boolean {
  return !literal && RUINED.test(text)
}
