import { CsvError, parse, type Info } from 'csv-parse/sync'
import { readCell, type Cell } from './cells'

/** One record that is not blank; `line` as in the file, from 1, where it begins. */
export type TableRow = { line: number; cells: Cell[] }
export type Table = {
  rows: TableRow[]
  /** The line of a quoted cell that never ends: from there on nothing can be read. */
  brokenAt: number | null
  /** There are more records than are read. */
  cut: boolean
}

/** Far more than any company has rows; the blank ones that spreadsheets leave at the end count too. */
const MOST_RECORDS = 40_000

const SEPARATORS = [',', ';', '\t'] as const

/**
 * Takes a CSV text apart: comma, semicolon or tab, whichever the heading has most of; quotes; line ends of all
 * systems. Blank records are left out.
 */
export function readTable(text: string): Table {
  const delimiter = separatorOf(text)
  try {
    const parsed = records(text, delimiter, MOST_RECORDS + 1)
    return { rows: tableOf(parsed), brokenAt: null, cut: parsed.length > MOST_RECORDS }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const whole = Number(error.records)
    const before = whole > 0 ? records(text, delimiter, whole) : []
    return { rows: [], cut: false, brokenAt: firstWithText(text, linesOf(before).nextLine) }
  }
}

/** The first line from that one on which is not blank. */
function firstWithText(text: string, line: number): number {
  const lines = text.split(/\r\n|\n|\r/)
  const found = lines.findIndex((content, at) => at >= line - 1 && content.trim() !== '')
  return found < 0 ? line : found + 1
}

/** The commonest separator of the first line that is not blank, outside of quotes. */
function separatorOf(text: string): string {
  const [heading = ''] = /^.*\S.*$/m.exec(text) ?? []
  const plain = heading.replace(/"(?:[^"]|"")*"/g, '')
  const counts = SEPARATORS.map((separator) => plain.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!
}

type Parsed = { record: string[]; info: Info }

function records(text: string, delimiter: string, to: number): Parsed[] {
  return parse(text, {
    delimiter,
    to,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // Excel's ="007" has quotes inside of an unquoted cell.
    relax_quotes: true,
    skip_empty_lines: true,
  }) as unknown as Parsed[]
}

function tableOf(parsed: Parsed[]): TableRow[] {
  const { starts } = linesOf(parsed)
  return parsed
    .map(({ record }, at) => ({ line: starts[at]!, cells: record.map(readCell) }))
    .filter(({ cells }) => cells.some(({ text }) => text !== ''))
}

/**
 * Where each record begins. The parser counts each end of line inside of quotes, but "\r\n" as two, and tells the line
 * where a record ends.
 */
function linesOf(parsed: Parsed[]): { starts: number[]; nextLine: number } {
  let countedTwice = 0
  let nextLine = 1
  const starts = parsed.map(({ record, info }) => {
    const inside = record.join(' ')
    const counted = inside.match(/[\r\n]/g)?.length ?? 0
    const start = info.lines - countedTwice - counted
    countedTwice += inside.match(/\r\n/g)?.length ?? 0
    nextLine = info.lines - countedTwice + 1
    return start
  })
  return { starts, nextLine }
}
