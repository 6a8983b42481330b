/** What a spreadsheet takes for a formula, whoever wrote it, and the apostrophe that guards against it. */
const GUARDED = /^[=+\-@\t\r\n'＝＋－＠]/

/** A CSV file that a spreadsheet opens rightly: a byte order mark, CRLF, quotes, nothing that runs as a formula. */
export function csvText(rows: string[][]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(text: string): string {
  const guarded = GUARDED.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(text) || guarded !== text ? `"${guarded.replaceAll('"', '""')}"` : text
}
