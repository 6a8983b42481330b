import type { Words } from './words'
import type { Cell } from './cells'

/** A connection as a column: how persons are named in it, and whether they are polled. */
export type PeopleConnection = {
  id: string
  name: string
  /** Cells are sign-in names, `id:…` for ids; else they are ids. */
  byLoginName: boolean
  poll: boolean
}

export type Field = 'username' | 'name' | 'email'
export type Column =
  { kind: Field; label: string } | { kind: 'connection'; label: string; connection: PeopleConnection }

export type Heading = {
  /** In the file's order; null for a column without meaning. */
  columns: (Column | null)[]
  unknown: string[]
  problems: { column: string | null; message: string }[]
}

const ALIASES: Record<Field, string[]> = {
  username: ['username', '用户名', '用户名称', '账号', '帐号'],
  name: ['name', '姓名', '名字'],
  email: ['email', 'e-mail', '邮箱', '电子邮箱', '电子邮件', '邮件'],
}
const FIELDS = new Map(
  (Object.keys(ALIASES) as Field[]).flatMap((field) =>
    ALIASES[field].map((alias) => [alias, field] as const),
  ),
)

const plain = (text: string) => text.trim().toLowerCase()

/** What the columns of a heading mean. A column that names nothing known is told and left out. */
export function readHeading(cells: Cell[], connections: PeopleConnection[], words: Words): Heading {
  const problems: Heading['problems'] = []
  const unknown: string[] = []
  const seen = new Set<string>()
  const columns = cells.map(({ text }) => {
    const column = columnOf(text, connections)
    if (column === 'ambiguous') problems.push({ column: text, message: words.ambiguousColumn })
    else if (column === null && text !== '') unknown.push(text)
    if (column === 'ambiguous' || column === null) return null
    const key = column.kind === 'connection' ? column.connection.id : column.kind
    if (seen.has(key)) problems.push({ column: text, message: words.columnTwice })
    seen.add(key)
    return column
  })
  if (!seen.has('username')) problems.push({ column: null, message: words.noUsernameColumn })
  return { columns, unknown, problems }
}

function columnOf(label: string, connections: PeopleConnection[]): Column | null | 'ambiguous' {
  const field = FIELDS.get(plain(label))
  if (field) return { kind: field, label }
  const exact = connections.filter(({ id, name }) => name === label || id === plain(label))
  const alike = exact.length > 0 ? exact : connections.filter(({ name }) => plain(name) === plain(label))
  if (alike.length > 1) return 'ambiguous'
  return alike[0] && label !== '' ? { kind: 'connection', label, connection: alike[0] } : null
}

/** The heading of an export: a connection by its name, or by its id where the name would be read as something else. */
export function headingOf(connections: PeopleConnection[]): string[] {
  const labels = connections.map((connection) => {
    const read = columnOf(connection.name.trim(), connections)
    const itself = read !== null && read !== 'ambiguous' && read.kind === 'connection'
    return itself && read.connection === connection ? connection.name : connection.id
  })
  return ['username', 'name', 'email', ...labels]
}
