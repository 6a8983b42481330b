import { afterEach, expect, test, vi } from 'vitest'
import { useDatabase } from '@/lib/testing/database'
import { pool } from './db'
import {
  databaseAnswers,
  isListening,
  listen,
  onListening,
  onLost,
  startListening,
  stopListening,
} from './notify'

useDatabase()

afterEach(async () => {
  await stopListening()
  delete (globalThis as unknown as Record<string, Record<string, unknown>>).__huixin!['platform.notify']
})

const notify = (channel: string, payload: string) =>
  pool().query('select pg_notify($1, $2)', [channel, payload])
const cutOff = () =>
  pool()
    .query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'huixin listen'
    and datname = current_database()`)

test('what is notified arrives in order, on channels from before and after the start, and not after the end', async () => {
  const seen: string[] = []
  listen('early', (payload) => seen.push(`early ${payload}`))
  await startListening()
  const end = listen('late', (payload) => seen.push(`late ${payload}`))
  await notify('late', '1')
  await vi.waitFor(() => expect(seen).toEqual(['late 1']))
  seen.length = 0
  await notify('early', '2')
  await notify('late', '3')
  end()
  await notify('late', '4')
  await notify('early', '5')
  await vi.waitFor(() => expect(seen).toContain('early 5'))
  expect(seen.filter((text) => text !== 'late 3')).toEqual(['early 2', 'early 5'])
})

test('a lost connection is told, made again, and hears again; meanwhile the database counts as away', async () => {
  const seen: string[] = []
  const told: string[] = []
  listen('news', (payload) => seen.push(payload))
  onLost(() => told.push(`lost, listening ${isListening()}`))
  onListening(() => told.push('listening'))
  expect(await databaseAnswers()).toBe(false)
  await startListening()
  expect(await databaseAnswers()).toBe(true)
  await cutOff()
  await vi.waitFor(() => expect(told).toEqual(['listening', 'lost, listening false', 'listening']))
  await notify('news', 'again')
  await vi.waitFor(() => expect(seen).toEqual(['again']))
})

test('a receiver that throws does not keep others from hearing', async () => {
  const seen: string[] = []
  listen('news', () => {
    throw new Error('no')
  })
  listen('news', (payload) => seen.push(payload))
  await startListening()
  await notify('news', 'x')
  await vi.waitFor(() => expect(seen).toEqual(['x']))
})

test('a stopped bus stays stopped', async () => {
  const hook = vi.fn()
  onLost(hook)
  await startListening()
  await stopListening()
  expect(isListening()).toBe(false)
  expect(hook).not.toHaveBeenCalled()
})

test('a channel needs a plain name', () => {
  expect(() => listen('a; drop table users', () => {})).toThrow()
})
