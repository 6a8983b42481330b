import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { shareOf } from '@/lib/connectors/turns'
import { useDatabase } from '@/lib/testing/database'
import { until } from '@/lib/testing/until'
import { databaseUrl, pool } from './db'
import { startListening, stopListening } from './notify'
import { countProcesses, processCount, startCounting } from './processes'

useDatabase()

const others: pg.Client[] = []
afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.end()))
  await stopListening()
})

/** Another process of the installation. */
async function another(): Promise<pg.Client> {
  const other = new pg.Client({ connectionString: databaseUrl(), application_name: 'huixin listen' })
  await other.connect()
  others.push(other)
  return other
}

test('processes on one database share what may be in flight at once, and know when one comes or has gone', async () => {
  await startListening()
  await startCounting()
  expect([processCount(), shareOf(8)]).toEqual([1, 8])
  await another()
  // As it says itself when it is up.
  await pool().query(`select pg_notify('huixin_processes', '')`)
  await until('the other one is counted', () => processCount() === 2)
  expect([shareOf(8), shareOf(3), shareOf(1)]).toEqual([4, 1, 1])
  await others.shift()!.end()
  await until('it is gone', async () => {
    await countProcesses()
    return processCount() === 1
  })
  expect(shareOf(8)).toBe(8)
})
