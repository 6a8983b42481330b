import { z } from 'zod'
import { flag, operation } from './operation'

const rowError = z.object({
  /** As in the file, from 1; the heading is line 1. */
  line: z.number().int(),
  column: z.string().nullable(),
  message: z.string(),
})

export const importResult = z.object({
  /** Nothing was written: a dry run, or there are errors. */
  applied: z.boolean(),
  encoding: z.enum(['utf-8', 'utf-16', 'gb18030']),
  /** How many rows there are of each state; blank ones do not count. */
  counts: z.object({
    new: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    error: z.number().int(),
  }),
  /** Of the rows without errors. Nothing is ever replaced. */
  users: z.object({ created: z.number().int(), unchanged: z.number().int() }),
  mappings: z.object({ created: z.number().int(), unchanged: z.number().int() }),
  /** Messages that waited for the mapped and were, or would be, delivered. */
  delivered: z.number().int(),
  /** What would happen or happened, line by line, the first 1,000. */
  rows: z.array(
    z.object({
      line: z.number().int(),
      username: z.string(),
      state: z.enum(['new', 'changed', 'unchanged', 'error']),
      /** What changes, in words. */
      changes: z.array(z.string()),
      /** What the file says otherwise and is left as it is, in words. */
      notes: z.array(z.string()),
    }),
  ),
  /** The first 1,000. */
  errors: z.array(rowError),
  /** Columns that name no connection. */
  unknownColumns: z.array(z.string()),
  /** The look-up of sign-in names that goes on in the background; null if there is none. */
  job: z.string().nullable(),
  /** One-time links of the created users, only this once. */
  links: z.array(z.object({ username: z.string(), name: z.string(), url: z.string() })),
})
export type ImportResult = z.infer<typeof importResult>

export const importMappings = operation({
  id: 'importMappings',
  method: 'POST',
  path: '/api/v1/admin/mappings/import',
  who: 'admin',
  tag: 'admin',
  summary: 'Users and mappings from a CSV file (text/csv); all rows or none',
  query: z.strictObject({ dryRun: flag.optional(), createUsers: flag.optional() }),
  answer: importResult,
  raw: 'text/csv',
  maxBody: 8 * 1024 * 1024,
  errors: ['invalid_input', 'too_large', 'conflict', 'name_taken'],
})

export const importProgress = z.object({
  total: z.number().int(),
  resolved: z.number().int(),
  /** The first 1,000; they are tried again now and then. */
  failed: z.array(z.object({ loginName: z.string(), username: z.string(), error: z.string() })),
  failedCount: z.number().int(),
  done: z.boolean(),
  /** Why it does not go on at the moment: a system is away. */
  paused: z.string().nullable(),
})
export type ImportProgress = z.infer<typeof importProgress>

export const getImport = operation({
  id: 'getImport',
  method: 'GET',
  path: '/api/v1/admin/mappings/import/{job}',
  who: 'admin',
  tag: 'admin',
  summary: 'How far the look-up of sign-in names is',
  params: z.object({ job: z.uuid() }),
  answer: importProgress,
  errors: ['not_found'],
})

export const exportMappings = operation({
  id: 'exportMappings',
  method: 'GET',
  path: '/api/v1/admin/mappings/export',
  who: 'admin',
  tag: 'admin',
  summary: 'Users and mappings as a CSV file that an import takes back',
  produces: 'csv',
})
