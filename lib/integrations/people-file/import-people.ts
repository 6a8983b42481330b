import { randomUUID } from 'node:crypto'
import { writeAudit } from '@/lib/auth/audit'
import type { SignedIn } from '@/lib/auth/signed-in'
import { createUsers, requireAdministrator } from '@/lib/auth/users'
import type { ImportResult } from '@/lib/contracts/import'
import { countWaiting, holdMappings, mapMany, type FreshMapping } from '@/lib/inbox/people/map-many'
import { inSqlTransaction, type Tx } from '@/lib/platform/transaction'
import type { Locale } from '@/lib/shared/errors'
import { peopleConnections } from './people-connections'
import { insertLookups, lockImports, readKnown, type Asked } from './people-file-store'
import { planImport, type PlannedRow } from './plan-import'
import { labelOf } from './read-rows'
import { readPeopleFile, type PeopleFile } from './read-people-file'
import { presentImport, type Done } from './present-import'
import { wordsIn, type Words } from './words'

export type ImportOptions = {
  dryRun: boolean
  createUsers: boolean
  /** Where this installation is reached, for one-time links. */
  origin: string
  locale: Locale
}

const NOTHING_DONE: Done = { applied: false, delivered: 0, job: null, links: [] }

/**
 * Brings in who is who from a CSV file: all rows or, if there is one problem, none, in one transaction. A dry run
 * decides the same and writes nothing. Sign-in names that nobody has been looked up by are looked up afterwards, by
 * the polls, which are due at once; `job` tells how far that is.
 * Throws `invalid_input` for what is no CSV file, `conflict` and `name_taken` when somebody changed the same at the
 * same moment.
 */
export async function importPeople(
  actor: SignedIn,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<ImportResult> {
  const words = wordsIn(options.locale)
  const file = readPeopleFile(bytes, await peopleConnections(), words)
  if (file.problems.length > 0) return presentImport(file, [], NOTHING_DONE, words)
  if (options.dryRun) {
    const planned = await plan(null, file, options, words)
    return presentImport(file, planned, { ...NOTHING_DONE, delivered: await wouldDeliver(planned) }, words)
  }
  return inSqlTransaction(async (tx) => {
    await requireAdministrator(tx, actor)
    await lockImports(tx)
    await holdMappings(tx, connectionIdsOf(file))
    const planned = await plan(tx, file, options, words)
    const faultless = planned.every(({ state }) => state !== 'error')
    const done = faultless ? await apply(tx, actor, planned, options.origin) : NOTHING_DONE
    return presentImport(file, planned, done, words)
  })
}

async function plan(
  tx: Tx | null,
  file: PeopleFile,
  { createUsers: create }: ImportOptions,
  words: Words,
): Promise<PlannedRow[]> {
  const { columns } = file
  const known = await readKnown(tx, askedBy(file))
  const [username, name, email] = (['username', 'name', 'email'] as const).map((kind) =>
    labelOf(columns, kind),
  )
  const labels = { username: username!, name: name!, email: email! }
  return planImport(file.rows, known, { createUsers: create, labels, words })
}

const connectionIdsOf = ({ columns }: PeopleFile) =>
  columns.flatMap((column) => (column?.kind === 'connection' ? [column.connection.id] : []))

function askedBy(file: PeopleFile): Asked {
  const claims = file.rows.flatMap((row) => row.claims)
  return {
    usernames: file.rows.map((row) => row.normal),
    emails: file.rows.flatMap((row) => (row.email === '' ? [] : [row.email.toLowerCase()])),
    ids: claims.flatMap(({ connection, key }) =>
      'externalId' in key ? [{ connectionId: connection.id, word: key.externalId }] : [],
    ),
    loginNames: claims.flatMap(({ connection, key }) =>
      'loginName' in key ? [{ connectionId: connection.id, word: key.loginName }] : [],
    ),
    connectionIds: connectionIdsOf(file),
  }
}

function wouldDeliver(planned: PlannedRow[]): Promise<number> {
  const reachable = planned.filter(({ state, user }) => state !== 'error' && !user?.disabled)
  return countWaiting(
    reachable.flatMap(({ mappings }) =>
      mappings.flatMap(({ connection, key }) =>
        'externalId' in key ? [{ connectionId: connection.id, externalId: key.externalId }] : [],
      ),
    ),
  )
}

async function apply(tx: Tx, actor: SignedIn, planned: PlannedRow[], origin: string): Promise<Done> {
  const id = randomUUID()
  const fresh = planned.filter(({ user }) => user === null).map(({ row }) => row)
  const links = await createUsers(
    tx,
    fresh.map(({ username, name, email }) => ({ username, name, email: email || null })),
    origin,
  )
  const created = new Map(fresh.map(({ normal }, i) => [normal, links[i]!.id]))
  const mappings = planned.flatMap(({ row, user, mappings: own }) =>
    own.map(({ connection, key }): FreshMapping => {
      const { id: connectionId, poll } = connection
      return { connectionId, userId: user?.id ?? created.get(row.normal)!, poll, key }
    }),
  )
  const delivered = await mapMany(tx, mappings)
  const lookups = mappings.flatMap(({ connectionId, userId, key }) =>
    'loginName' in key ? [{ connectionId, userId, loginName: key.loginName }] : [],
  )
  await insertLookups(tx, id, lookups)
  const detail = {
    rows: planned.length,
    usersCreated: links.length,
    mapped: mappings.length,
    lookups: lookups.length,
    delivered,
  }
  await writeAudit(tx, { actor, action: 'mapping.import', subject: id, detail })
  return { applied: true, delivered, job: lookups.length > 0 ? id : null, links }
}
