import { personName } from '@/lib/contracts/auth'
import { email as emailRule } from '@/lib/contracts/users'
import { isUsername, normalizeUsername } from '@/lib/auth/username'
import { isPlaceholder } from '@/lib/auth/users'
import { isRuinedNumber, type Cell } from './cells'
import type { Column, PeopleConnection } from './columns'
import type { TableRow } from './read-table'
import type { Words } from './words'

export type Problem = { line: number; column: string | null; message: string }
export type PersonWord = { externalId: string } | { loginName: string }

/** That a row says: this person of that connection is the row's user. */
export type Claim = { column: string; connection: PeopleConnection; key: PersonWord }

export type PeopleRow = {
  line: number
  /** As written; `normal` is what it is compared by. */
  username: string
  normal: string
  /** Empty: not said. */
  name: string
  email: string
  claims: Claim[]
  problems: Problem[]
}

const KEY_LENGTH = 200

/** Reads and checks the rows each by itself, and that no username is there twice. */
export function readRows(rows: TableRow[], columns: (Column | null)[], words: Words): PeopleRow[] {
  const first = new Map<string, number>()
  return rows.map((row) => {
    const read = readRow(row, columns, words)
    const before = first.get(read.normal)
    if (read.normal !== '' && before !== undefined) {
      const column = labelOf(columns, 'username')
      read.problems.push({ line: row.line, column, message: words.usernameTwice(before) })
    } else first.set(read.normal, row.line)
    return read
  })
}

export const labelOf = (columns: (Column | null)[], kind: Column['kind']) =>
  columns.find((column) => column?.kind === kind)?.label ?? kind

function readRow({ line, cells }: TableRow, columns: (Column | null)[], words: Words): PeopleRow {
  const row: PeopleRow = { line, username: '', normal: '', name: '', email: '', claims: [], problems: [] }
  const complain = (column: string | null, message: string) => row.problems.push({ line, column, message })
  if (cells.slice(columns.length).some(({ text }) => text !== '')) complain(null, words.surplusCells)
  for (const [at, column] of columns.entries()) {
    const cell = cells[at]
    if (!column || !cell || cell.text === '') continue
    const claim = column.kind === 'connection'
    if ((claim || column.kind === 'username') && isRuined(cell, column)) {
      complain(column.label, words.ruinedNumber)
    } else if (claim) {
      const key = keyOf(cell, column.connection)
      if (typeof key === 'string') complain(column.label, words[key])
      else row.claims.push({ column: column.label, connection: column.connection, key })
    } else row[column.kind] = cell.text.trim()
  }
  row.normal = normalizeUsername(row.username)
  checkFields(row, columns, words, complain)
  return row
}

function checkFields(
  row: PeopleRow,
  columns: (Column | null)[],
  words: Words,
  complain: (column: string | null, message: string) => void,
): void {
  const { username, name, email, problems } = row
  const label = (kind: Column['kind']) => labelOf(columns, kind)
  const toldAlready = problems.some(({ column }) => column === label('username'))
  if (username === '' && !toldAlready) complain(label('username'), words.noUsername)
  if (username !== '' && !isUsername(username)) complain(label('username'), words.badUsername)
  if (name !== '' && !personName.safeParse(name).success) complain(label('name'), words.badName)
  const isEmail = emailRule.safeParse(email).success && !isPlaceholder(email)
  if (email !== '' && !isEmail) complain(label('email'), words.badEmail)
}

/** Behind `id:` too. */
function isRuined({ text, literal }: Cell, column: Column): boolean {
  const word = column.kind === 'connection' && column.connection.byLoginName ? withoutId(text) : null
  return isRuinedNumber({ text: word?.trim() ?? text, literal })
}

/** What stands behind `id:`, null where that does not stand there. */
const withoutId = (text: string) => /^id[:：](.*)$/is.exec(text)?.[1] ?? null

function keyOf({ text, literal }: Cell, connection: PeopleConnection): PersonWord | 'longKey' | 'emptyId' {
  const behind = connection.byLoginName ? withoutId(text) : text
  const word = behind ?? text
  const exact = literal ? word : word.trim()
  if (exact === '') return 'emptyId'
  if ([...exact].length > KEY_LENGTH) return 'longKey'
  return behind === null ? { loginName: exact } : { externalId: exact }
}
