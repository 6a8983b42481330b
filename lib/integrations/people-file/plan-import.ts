import { isUsername } from '@/lib/auth/username'
import type { Claim, PeopleRow, Problem } from './read-rows'
import type { Words } from './words'

/** What is here already, as far as the file speaks of it. */
export type Known = {
  /** By normalised username. */
  users: Map<string, KnownUser>
  /** Addresses (lower case) that users have. */
  emails: Set<string>
  persons: KnownPerson[]
}
export type KnownUser = {
  id: string
  username: string
  name: string
  email: string | null
  disabled: boolean
}
export type KnownPerson = {
  id: string
  connectionId: string
  externalId: string | null
  loginName: string | null
  /** The sign-in name that an import mapped, where the vendor told another one since. */
  askedFor: string | null
  name: string | null
  user: { id: string; username: string } | null
}

export type RowState = 'new' | 'changed' | 'unchanged' | 'error'
export type PlannedRow = {
  row: PeopleRow
  state: RowState
  /** Null: to be created. */
  user: KnownUser | null
  mappings: Claim[]
  unchangedMappings: number
  notes: string[]
}

type Labels = { username: string; name: string; email: string }

/**
 * Decides row by row what an import does, and what speaks against it; the problems are added to the rows. Nothing is
 * ever replaced: a person or user who is mapped otherwise is a problem.
 */
export function planImport(
  rows: PeopleRow[],
  known: Known,
  { createUsers, labels, words }: { createUsers: boolean; labels: Labels; words: Words },
): PlannedRow[] {
  const emails = new Map<string, number>()
  const claimed = new Map<string, { line: number; username: string }>()
  const persons = indexPersons(known.persons)
  return rows.map((row) => {
    const complain = (column: string | null, message: string) => void addProblem(row, column, message)
    const user = known.users.get(row.normal) ?? null
    if (!user && isUsername(row.username))
      checkNewUser(row, known, emails, { createUsers, labels, words }, complain)
    const planned: PlannedRow = {
      row,
      state: 'unchanged',
      user,
      mappings: [],
      unchangedMappings: 0,
      notes: [],
    }
    for (const claim of row.claims) planClaim(planned, claim, persons, claimed, words, complain)
    if (user) planned.notes.push(...keptAsTheyAre(row, user, words))
    planned.state = stateOf(planned)
    return planned
  })
}

function stateOf({ row, user, mappings }: PlannedRow): RowState {
  if (row.problems.length > 0) return 'error'
  if (!user) return 'new'
  return mappings.length > 0 ? 'changed' : 'unchanged'
}

function addProblem(row: PeopleRow, column: string | null, message: string): void {
  const problem: Problem = { line: row.line, column, message }
  row.problems.push(problem)
}

type Complain = (column: string | null, message: string) => void

function checkNewUser(
  row: PeopleRow,
  known: Known,
  emails: Map<string, number>,
  { createUsers, labels, words }: { createUsers: boolean; labels: Labels; words: Words },
  complain: Complain,
): void {
  if (!createUsers) return complain(labels.username, words.unknownUser)
  if (row.name === '') complain(labels.name, words.noName)
  const email = row.email.toLowerCase()
  if (email === '') return
  const before = emails.get(email)
  if (known.emails.has(email)) complain(labels.email, words.emailTaken)
  else if (before !== undefined) complain(labels.email, words.emailTwice(before))
  else emails.set(email, row.line)
}

/** An import changes no user who is here; where the file says something else, that is told. */
function keptAsTheyAre(row: PeopleRow, user: KnownUser, words: Words): string[] {
  return [
    ...(row.name !== '' && row.name !== user.name ? [words.keptName(user.name)] : []),
    ...(row.email !== '' && row.email.toLowerCase() !== user.email ? [words.keptEmail(user.email)] : []),
  ]
}

// ── Persons ─────────────────────────────────────────────────────────────────────────────────────────────────────

type Persons = {
  of(connectionId: string, userId: string): KnownPerson | undefined
  named(claim: Claim): KnownPerson | undefined
}

function indexPersons(all: KnownPerson[]): Persons {
  const byUser = new Map<string, KnownPerson>()
  const byWord = new Map<string, KnownPerson>()
  for (const person of all) {
    const { connectionId, externalId, loginName, user } = person
    if (user) byUser.set(`${connectionId} ${user.id}`, person)
    if (externalId !== null) byWord.set(`${connectionId} id ${externalId}`, person)
    if (loginName === null) continue
    const key = `${connectionId} name ${loginName}`
    const other = byWord.get(key)
    if (!other || rank(person) > rank(other)) byWord.set(key, person)
  }
  return {
    of: (connectionId, userId) => byUser.get(`${connectionId} ${userId}`),
    named: (claim) => byWord.get(wordOf(claim)),
  }
}

/** Of several with one sign-in name the one who is mapped speaks, else the one whose id is known. */
const rank = ({ user, externalId }: KnownPerson) => (user ? 2 : 0) + (externalId === null ? 0 : 1)

const wordOf = ({ connection, key }: Claim) =>
  'externalId' in key ? `${connection.id} id ${key.externalId}` : `${connection.id} name ${key.loginName}`

const nameOf = (person: KnownPerson) =>
  person.name ?? person.loginName ?? person.externalId ?? person.askedFor ?? person.id

function planClaim(
  planned: PlannedRow,
  claim: Claim,
  persons: Persons,
  claimed: Map<string, { line: number; username: string }>,
  words: Words,
  complain: Complain,
): void {
  const { row, user } = planned
  const present = user ? persons.of(claim.connection.id, user.id) : undefined
  if (present && isSame(present, claim)) return void planned.unchangedMappings++
  const person = persons.named(claim)
  if (person?.user) return complain(claim.column, words.personTaken(nameOf(person), person.user.username))
  if (present) return complain(claim.column, words.userTaken(user!.username, nameOf(present)))
  // The same person may be named by id in one line and by sign-in name in another.
  const identity = person ? `person ${person.id}` : wordOf(claim)
  const before = claimed.get(identity)
  if (before) return complain(claim.column, words.personTwice(before.line, before.username))
  claimed.set(identity, { line: row.line, username: row.username })
  // A sign-in name is looked up even where it is known: it may be somebody else's by now.
  planned.mappings.push(claim)
}

/** Vendors may write a sign-in name otherwise than it was asked for. */
function isSame(person: KnownPerson, { key }: Claim): boolean {
  if ('externalId' in key) return person.externalId === key.externalId
  const wanted = key.loginName.toLowerCase()
  return [person.loginName, person.askedFor].some((name) => name?.toLowerCase() === wanted)
}
