import { decodeFile, type Encoding } from './decode-file'
import { readHeading, type Column, type PeopleConnection } from './columns'
import { readRows, type PeopleRow, type Problem } from './read-rows'
import { readTable } from './read-table'
import type { Words } from './words'

export type PeopleFile = {
  encoding: Encoding
  columns: (Column | null)[]
  unknownColumns: string[]
  rows: PeopleRow[]
  /** What is wrong with the file as a whole; then there are no rows. */
  problems: Problem[]
}

const MOST_ROWS = 20_000

/** Reads a people file, each row by itself; what is here already is not looked at. Throws for what is no text. */
export function readPeopleFile(bytes: Uint8Array, connections: PeopleConnection[], words: Words): PeopleFile {
  const { text, encoding } = decodeFile(bytes)
  const { rows, brokenAt, cut } = readTable(text)
  const file: PeopleFile = { encoding, columns: [], unknownColumns: [], rows: [], problems: [] }
  if (brokenAt !== null) {
    return { ...file, problems: [{ line: brokenAt, column: null, message: words.brokenQuote }] }
  }
  const [first, ...rest] = rows
  const { columns, unknown, problems } = readHeading(first?.cells ?? [], connections, words)
  const line = first?.line ?? 1
  const wrong = problems.map((problem): Problem => ({ ...problem, line }))
  if (rest.length > MOST_ROWS || cut) {
    wrong.push({
      line: (rest[MOST_ROWS] ?? rest.at(-1))?.line ?? line,
      column: null,
      message: words.tooManyRows(MOST_ROWS),
    })
  }
  const read = wrong.length === 0 ? readRows(rest, columns, words) : []
  return { encoding, columns, unknownColumns: unknown, rows: read, problems: wrong }
}
