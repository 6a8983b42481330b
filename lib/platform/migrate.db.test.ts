import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pool } from './db'
import { migrate } from './migrate'
import { onDatabase } from '@/lib/testing/administer'
import { useDatabase } from '@/lib/testing/database'

const database = useDatabase()

const folders: string[] = []

/** A folder of migrations as Prisma writes them. */
function folderWith(migrations: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'huixin-migrations-'))
  folders.push(folder)
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(path.join(folder, name))
    writeFileSync(path.join(folder, name, 'migration.sql'), sql)
  }
  writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n')
  return folder
}

let url = ''
const query = async <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return (await client.query<T>(sql).finally(() => client.end())).rows
}

beforeEach(async () => {
  // An empty database beside the file's own, for migrations of ours.
  const name = `${new URL(database.url()).pathname.slice(1)}_m`
  await pool().query(`create database ${name}`)
  url = onDatabase(database.url(), name)
})

afterEach(async () => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  await pool().query(`drop database ${new URL(url).pathname.slice(1)} with (force)`)
})

const TWO = {
  '1_first': 'create table a (n int);',
  '2_second': 'insert into a values (1); insert into a values (2);',
}

test('applies all in the order of their names, once, with the history that Prisma keeps', async () => {
  const folder = folderWith(TWO)
  expect(await migrate(url, folder)).toEqual(['1_first', '2_second'])
  expect(await migrate(url, folder)).toEqual([])
  expect(await query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }])
  const history = await query(
    `select migration_name, checksum, applied_steps_count, logs, rolled_back_at, finished_at is not null as finished
       from _prisma_migrations order by migration_name`,
  )
  expect(history).toEqual(
    Object.entries(TWO).map(([name, sql]) => ({
      migration_name: name,
      checksum: createHash('sha256').update(sql).digest('hex'),
      applied_steps_count: 1,
      logs: null,
      rolled_back_at: null,
      finished: true,
    })),
  )
})

test('several at once apply each migration once', async () => {
  const folder = folderWith(TWO)
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(url, folder)))
  expect(applied.flat()).toEqual(['1_first', '2_second'])
  expect(await query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }])
})

test('a migration that fails leaves nothing behind, and a repaired one goes on', async () => {
  const broken = folderWith({ ...TWO, '3_third': 'create table b (n int); select nonsense;' })
  await expect(migrate(url, broken)).rejects.toThrow(/3_third.*nonsense/)
  expect(await query(`select to_regclass('b') as b`)).toEqual([{ b: null }])
  const repaired = folderWith({ ...TWO, '3_third': 'create table b (n int);' })
  expect(await migrate(url, repaired)).toEqual(['3_third'])
})

test('an edited migration is refused', async () => {
  await migrate(url, folderWith(TWO))
  const edited = folderWith({ ...TWO, '1_first': 'create table a (n bigint);' })
  await expect(migrate(url, edited)).rejects.toThrow('1_first was changed')
})

test('a database that a newer version has used is refused', async () => {
  await migrate(url, folderWith(TWO))
  await expect(migrate(url, folderWith({ '1_first': TWO['1_first'] }))).rejects.toThrow('newer version')
})

test('a migration that somebody else left unfinished is refused, one marked as rolled back is applied again', async () => {
  await migrate(url, folderWith({ '1_first': TWO['1_first'] }))
  await query(`insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'x', '2_second')`)
  await expect(migrate(url, folderWith(TWO))).rejects.toThrow('2_second failed halfway')
  await query(`update _prisma_migrations set rolled_back_at = now() where id = 'x'`)
  expect(await migrate(url, folderWith(TWO))).toEqual(['2_second'])
})

test("the project's own migrations were applied to this file's database", async () => {
  expect(await migrate(database.url())).toEqual([])
  const { rows } = await pool().query(
    'select count(*)::int as n from _prisma_migrations where finished_at is not null',
  )
  expect(rows[0].n).toBeGreaterThan(0)
})
