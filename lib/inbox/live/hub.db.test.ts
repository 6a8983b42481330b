import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Counts } from '@/lib/contracts/messages'
import { execute, inTransaction, rows } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { isListening, startListening, stopListening } from '@/lib/platform/notify'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aMessage, inboxOf } from '@/lib/testing/inbox'
import { until } from '@/lib/testing/until'
import { act } from '../acts/act'
import { INBOX_CHANNEL } from '../number-store'
import type { StoredEvent } from './event-store'
import { openPages, subscribe } from './hub'
import { eventStream } from './stream'
import { sweepOldEvents } from './sweep-events'

useDatabase()

let connection: string
let user: string
const closers: (() => void)[] = []
beforeAll(() => startListening())
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  await aMapping(connection, 'p', user)
})
afterEach(() => closers.splice(0).forEach((close) => close()))

/** An open page and all it was told. */
async function aPage(lastSeen: string | null) {
  const told = { events: [] as StoredEvent[], counts: [] as Counts[], resyncs: [] as string[] }
  const close = await subscribe(user, lastSeen, {
    event: (event) => told.events.push(event),
    counts: (counts) => told.counts.push(counts),
    resync: (seq) => told.resyncs.push(seq),
  })
  closers.push(close)
  const seqs = () => told.events.map((event) => Number(event.seq))
  return { ...told, close, seqs, has: (n: number) => until(`${n} events`, () => told.events.length >= n) }
}

const messages = async (n: number) => {
  const ids = []
  for (let i = 0; i < n; i++) ids.push(await aMessage(connection, 'p', { title: `${i}` }))
  return ids
}

describe('an open page', () => {
  it('is told what happens from now on, with the counts after it', async () => {
    await messages(2)
    const page = await aPage(null)
    const [id] = await messages(1)
    await page.has(1)
    expect(page.events).toEqual([{ seq: '3', kind: 'new', ids: [id], count: 1 }])
    await until('the counts', () => page.counts.length > 0)
    expect(page.counts.at(-1)).toMatchObject({ unread: 3 })
    await act(user, 'read', { ids: [id!] })
    await page.has(2)
    expect(page.events[1]).toMatchObject({ kind: 'changed', ids: [id] })
    await until('the counts', () => page.counts.at(-1)!.unread === 2)
  })

  it('resumes from its number, whatever the number of digits, without gap or repetition', async () => {
    await messages(12)
    const page = await aPage('3')
    await page.has(9)
    await messages(1)
    await page.has(10)
    expect(page.seqs()).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    expect(page.resyncs).toEqual([])
  })

  it('gets everything in order where there is more than one reading holds', async () => {
    await execute(
      null,
      `insert into events (user_id, seq, kind, ids) select $1::uuid, n, 'changed', '{}' from generate_series(1, 1203) n`,
      user,
    )
    await execute(null, 'update inboxes set seq = 1203 where user_id = $1::uuid', user)
    const page = await aPage('1')
    await page.has(1202)
    expect(page.seqs()).toEqual(Array.from({ length: 1202 }, (_, i) => i + 2))
  })

  it.each(['4', '9223372036854775807', '9999999999999999999'])(
    'from the future (%s) reads everything anew and goes on',
    async (number) => {
      await messages(3)
      const page = await aPage(number)
      expect(page.resyncs).toEqual(['3'])
      await messages(1)
      await page.has(1)
      expect(page.seqs()).toEqual([4])
    },
  )

  it('that was away longer than events are kept reads everything anew', async () => {
    await messages(5)
    await execute(
      null,
      `update events set at = now() - interval '26 hours' where user_id = $1::uuid and events.seq <= 3`,
      user,
    )
    await sweepOldEvents()
    expect((await aPage('1')).resyncs).toEqual(['5'])
    expect((await aPage('2')).resyncs).toEqual(['5'])
    const page = await aPage('3')
    await page.has(2)
    expect([page.resyncs, page.seqs()]).toEqual([[], [4, 5]])
    expect((await aPage('5')).resyncs).toEqual([])
  })

  it('learns of a flood by one event that names nobody', async () => {
    await aMessage(connection, 'q', { title: 'waits' })
    for (let i = 0; i < 200; i++) await aMessage(connection, 'q', { title: `${i}` })
    const other = await aUser()
    const page = await aPage(null)
    await aMapping(connection, 'q', other)
    const [event] = await rows<{ ids: string[]; count: number }>(
      null,
      'select ids::text[] as ids, count from events where user_id = $1::uuid',
      other,
    )
    expect(event).toEqual({ ids: [], count: 201 })
    expect(page.events).toEqual([])
    expect(await inboxOf(other)).toHaveLength(200)
  })

  it('is one of several of the user; each has its own place, and closing one leaves the other', async () => {
    await messages(2)
    const [behind, level] = [await aPage('0'), await aPage('2')]
    await messages(1)
    await Promise.all([behind.has(3), level.has(1)])
    expect([behind.seqs(), level.seqs()]).toEqual([[1, 2, 3], [3]])
    behind.close()
    await messages(1)
    await level.has(2)
    expect([behind.seqs(), level.seqs()]).toEqual([
      [1, 2, 3],
      [3, 4],
    ])
    level.close()
    expect(openPages()).toBe(0)
  })
})

describe('while the connection that listens is away', () => {
  it('nothing is lost: it is read when the connection stands again', async () => {
    const page = await aPage(null)
    await stopListening()
    await messages(11)
    expect(page.events).toEqual([])
    await startListening()
    await page.has(11)
    expect(page.seqs()).toEqual(Array.from({ length: 11 }, (_, i) => i + 1))
  })

  it('also where the server ended it', async () => {
    const page = await aPage(null)
    await rows(
      null,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'huixin listen' and datname = current_database()`,
    )
    await messages(3)
    await page.has(3)
    await until('listening again', isListening)
    await messages(1)
    await page.has(4)
    expect(page.seqs()).toEqual([1, 2, 3, 4])
  })
})

describe('when the events cannot be read', () => {
  it('they are read a moment later, without another notification', async () => {
    const page = await aPage(null)
    const warned = vi.spyOn(log(), 'warn')
    await inTransaction(async (tx) => {
      await execute(tx, 'update inboxes set seq = 1 where user_id = $1::uuid', user)
      await execute(
        tx,
        `insert into events (user_id, seq, kind, ids) values ($1::uuid, 1, 'new', '{7}')`,
        user,
      )
      await execute(tx, 'select pg_notify($1, $2)', INBOX_CHANNEL, user)
      await execute(tx, 'alter table events rename to events_away')
    })
    await until('a reading has failed', () => warned.mock.calls.length > 0)
    await execute(null, 'alter table events_away rename to events')
    await page.has(1)
    expect(page.events[0]).toMatchObject({ ids: ['7'] })
  })
})

describe('the stream', () => {
  /** Reads the stream until `enough` says so of the whole text. */
  async function readStream(lastSeen: string | null, enough: (text: string) => boolean): Promise<string> {
    let close = () => {}
    const reader = eventStream(user, lastSeen, (end) => ((close = end), () => {})).getReader()
    let text = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return text
      text += new TextDecoder().decode(value)
      if (enough(text)) close()
    }
  }

  it('carries the number as the id of each event, and ends when it is closed', async () => {
    const [id] = await messages(1)
    const text = await readStream('0', (all) => all.includes('event: counts'))
    expect(text).toMatch(/^retry: \d+\n\n/)
    expect(text).toContain(`event: message.new\nid: 1\ndata: {"ids":["${id}"],"count":1,"watermark":"1"}\n\n`)
    expect(text).toMatch(/event: counts\ndata: \{"views"/)
    expect(openPages()).toBe(0)
  })

  it('says resync with the number to go on from', async () => {
    await messages(2)
    const text = await readStream('77', (all) => all.includes('resync'))
    expect(text).toContain('event: resync\nid: 2\ndata: {"watermark":"2"}\n\n')
  })

  it('names a delivery after waiting as one summary', async () => {
    await aMessage(connection, 'q')
    await aMessage(connection, 'q')
    user = await aUser()
    await aMapping(connection, 'q', user)
    const text = await readStream('0', (all) => all.includes('message.new'))
    expect(text).toMatch(/event: message.new\nid: 1\ndata: \{.*"count":2,.*"summary":true\}/)
  })
})
