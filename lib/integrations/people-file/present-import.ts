import type { ImportResult } from '@/lib/contracts/import'
import type { PeopleFile } from './read-people-file'
import type { PlannedRow, RowState } from './plan-import'
import type { Claim } from './read-rows'
import type { Words } from './words'

/** What an import has done. */
export type Done = {
  applied: boolean
  /** Messages that waited and are delivered. */
  delivered: number
  job: string | null
  links: { username: string; name: string; url: string }[]
}

/** Longer lists than a person reads are cut off; the sums are of all. */
const MOST_TOLD = 1_000

/** An import, done or only planned, as its answer. */
export function presentImport(
  file: PeopleFile,
  planned: PlannedRow[],
  done: Done,
  words: Words,
): ImportResult {
  const counts = { new: 0, changed: 0, unchanged: 0, error: 0 } satisfies Record<RowState, number>
  for (const { state } of planned) counts[state]++
  const faultless = planned.filter(({ state }) => state !== 'error')
  const errors = [...file.problems, ...planned.flatMap(({ row }) => row.problems)]
  return {
    ...done,
    encoding: file.encoding,
    counts,
    users: {
      created: counts.new,
      unchanged: faultless.length - counts.new,
    },
    mappings: {
      created: sum(faultless, ({ mappings }) => mappings.length),
      unchanged: sum(faultless, ({ unchangedMappings }) => unchangedMappings),
    },
    rows: planned.slice(0, MOST_TOLD).map((one) => ({
      line: one.row.line,
      username: one.row.username,
      state: one.state,
      changes: one.state === 'error' ? [] : changesOf(one, words),
      notes: one.notes,
    })),
    errors: errors.slice(0, MOST_TOLD),
    unknownColumns: file.unknownColumns,
  }
}

function changesOf({ user, mappings }: PlannedRow, words: Words): string[] {
  const mapped = mappings.map(({ connection, key }) => words.newMapping(connection.name, shown(key)))
  return user ? mapped : [words.newUser, ...mapped]
}

const shown = (key: Claim['key']) => ('externalId' in key ? key.externalId : key.loginName)

const sum = <T>(values: T[], of: (value: T) => number) => values.reduce((total, one) => total + of(one), 0)
