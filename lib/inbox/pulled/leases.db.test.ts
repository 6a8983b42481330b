import { beforeEach, describe, expect, it } from 'vitest'
import { execute, inTransaction, rows } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { markWatched } from '../live/presence'
import { pauseUser, resumeUser, unmapPerson } from '../people/map-person'
import { keepLease, release, resolvePerson, takeDue } from './leases'

useDatabase()

let connection: string
beforeEach(async () => {
  connection = await aConnection()
})

async function people(n: number): Promise<{ user: string; personId: string }[]> {
  const all = []
  for (let i = 0; i < n; i++) {
    const user = await aUser()
    all.push({ user, personId: (await aMapping(connection, `${i}`, user, { poll: true })).personId })
  }
  return all
}

const take = (concurrency: number) => takeDue(connection, concurrency)
const stateOf = async (personId: string) =>
  (
    await rows<{ due: number | null; leased: boolean; error: string | null; backfilled: boolean }>(
      null,
      `select extract(epoch from next_poll_at - now())::float8 as due, coalesce(lease_until > now(), false) as leased,
         poll_error as error, backfilled_at is not null as backfilled from persons where id = $1::bigint`,
      personId,
    )
  )[0]!
const polled = { seconds: 60, error: null, backfilled: true }
const circuit = (failures: number, retryIn: number) =>
  execute(
    null,
    `update connections set failures = $2::int, retry_at = now() + make_interval(secs => $3::int) where id = $1::uuid`,
    connection,
    failures,
    retryIn,
  )

describe('whoever is due', () => {
  it('is taken once, as many as may be in hand, over all takers', async () => {
    await people(10)
    const taken = (await Promise.all([take(4), take(4), take(4)])).flat()
    expect(taken).toHaveLength(4)
    expect(new Set(taken.map((lease) => lease.personId)).size).toBe(4)
    await release(taken[0]!, polled)
    expect(await take(4)).toHaveLength(1)
    expect(await take(12)).toHaveLength(5)
    expect(await take(12)).toEqual([])
  })

  it('is due again after a while, with what came of it', async () => {
    const [{ personId }] = (await people(1)) as [{ user: string; personId: string }]
    const [lease] = await take(1)
    expect(lease).toMatchObject({ personId, externalId: '0', backfilled: false })
    await release(lease!, polled)
    expect(await stateOf(personId)).toMatchObject({ leased: false, error: null, backfilled: true })
    expect((await stateOf(personId)).due).toBeGreaterThan(55)
    await execute(null, 'update persons set next_poll_at = now()')
    const [again] = await take(1)
    expect(again).toMatchObject({ backfilled: true })
    await release(again!, { seconds: 5, error: 'no', backfilled: false })
    expect(await stateOf(personId)).toMatchObject({ error: 'no', backfilled: true })
  })

  it('is taken from a process that died, and what that one says then is ignored', async () => {
    const [{ personId }] = (await people(1)) as [{ user: string; personId: string }]
    const [dead] = await take(1)
    await execute(null, `update persons set lease_until = now() where id = $1::bigint`, personId)
    const [lease] = await take(1)
    expect(lease!.token).not.toBe(dead!.token)
    await release(dead!, polled)
    expect(await keepLease(dead!)).toBe(false)
    expect(await stateOf(personId)).toMatchObject({ leased: true, backfilled: false })
  })

  it('stays with a process that needs long', async () => {
    const [{ personId }] = (await people(1)) as [{ user: string; personId: string }]
    const [lease] = await take(1)
    await execute(null, `update persons set lease_until = now() + interval '1 second'`)
    expect(await keepLease(lease!)).toBe(true)
    const [row] = await rows<{ left: number }>(
      null,
      'select extract(epoch from lease_until - now())::float8 as left from persons where id = $1::bigint',
      personId,
    )
    expect(row!.left).toBeGreaterThan(60)
  })

  it('is nobody while the circuit is open, one while it is probed, everybody afterwards', async () => {
    await people(5)
    await circuit(3, 60)
    expect(await take(4)).toEqual([])
    await circuit(3, 0)
    const [probe, ...more] = await take(4)
    expect(more).toEqual([])
    expect(await take(4)).toEqual([])
    await release(probe!, { seconds: 0, error: 'still away', backfilled: false })
    expect(await take(4)).toHaveLength(1)
    await circuit(0, 0)
    expect(await take(4)).toHaveLength(3)
  })

  it('is nobody of an archived connection, nobody unmapped, nobody disabled', async () => {
    const [gone, disabled] = (await people(2)) as { user: string; personId: string }[]
    await inTransaction((tx) => unmapPerson(tx, gone!.personId))
    await execute(null, 'update users set disabled_at = now() where id = $1::uuid', disabled!.user)
    expect(await take(4)).toEqual([])
    await people(1)
    await execute(null, 'update connections set archived_at = now() where id = $1::uuid', connection)
    expect(await take(4)).toEqual([])
  })
})

describe('what came of a poll', () => {
  const columns = async (personId: string) =>
    (
      await rows<Record<string, unknown>>(
        null,
        `select pages, newest_first as "newestFirst", scanned_at is not null as scanned, listed_at is not null as listed
         from persons where id = $1::bigint`,
        personId,
      )
    )[0]
  const takeAgain = async (personId: string) => {
    await execute(null, 'update persons set next_poll_at = now() where id = $1::bigint', personId)
    return (await take(1))[0]!
  }

  it('is there for the next one; a scan that was not whole leaves it as it was', async () => {
    const [{ personId }] = (await people(1)) as [{ user: string; personId: string }]
    const [first] = await take(1)
    expect(first).toMatchObject({
      scannedAt: null,
      listedAt: null,
      comparedAt: null,
      seenAt: expect.any(Date),
    })
    await release(first!, { ...polled, scan: { pages: 7, newestFirst: true }, listed: true })
    const whole = { pages: 7, newestFirst: true, scanned: true, listed: true }
    expect(await columns(personId)).toEqual(whole)
    const second = await takeAgain(personId)
    expect(second).toMatchObject({ pages: 7, newestFirst: true, scannedAt: expect.any(Date) })
    await release(second, { ...polled, listed: false })
    expect(await columns(personId)).toEqual(whole)
    await release(await takeAgain(personId), { ...polled, scan: { pages: 1, newestFirst: false } })
    expect(await columns(personId)).toEqual({ ...whole, pages: 1, newestFirst: false })
  })

  it('counts from when the user was here, not from the mapping, where they ever were', async () => {
    const [{ user, personId }] = (await people(1)) as [{ user: string; personId: string }]
    await execute(null, `update users set last_seen_at = now() - interval '8 days' where id = $1::uuid`, user)
    const { seenAt } = await takeAgain(personId)
    expect(Date.now() - seenAt!.getTime()).toBeGreaterThan(7 * 86_400_000)
  })

  it('is looked at sooner where the inbox was opened while it went on', async () => {
    const [{ user, personId }] = (await people(1)) as [{ user: string; personId: string }]
    const outcome = { ...polled, seconds: 600, watchedSeconds: 15 }
    const [lease] = await take(1)
    await markWatched([user])
    await release(lease!, outcome)
    expect((await stateOf(personId)).due).toBeLessThanOrEqual(15)
    await execute(null, 'update users set watched_until = now() where id = $1::uuid', user)
    await release(await takeAgain(personId), outcome)
    expect((await stateOf(personId)).due).toBeGreaterThan(590)
  })
})

describe('a user who is disabled in the middle of a poll', () => {
  it('is not due again when it ends; enabled, is due at once', async () => {
    const [{ user, personId }] = (await people(1)) as [{ user: string; personId: string }]
    const [lease] = await take(1)
    await execute(null, 'update users set disabled_at = now() where id = $1::uuid', user)
    await inTransaction((tx) => pauseUser(tx, user))
    await release(lease!, polled)
    expect((await stateOf(personId)).due).toBeNull()
    await execute(null, 'update users set disabled_at = null where id = $1::uuid', user)
    await inTransaction((tx) => resumeUser(tx, user, [connection]))
    expect(await take(1)).toHaveLength(1)
  })
})

describe('a sign-in name that was looked up', () => {
  const byName = async () => {
    await execute(
      null,
      'update persons set external_id = null, login_name = $2 where id = $1::bigint',
      id,
      'li',
    )
    return (await take(1))[0]!
  }
  let id: string
  beforeEach(async () => {
    id = (await people(1))[0]!.personId
  })
  const found = { externalId: '-7', loginName: 'li', name: 'Li' }

  it('is written down', async () => {
    expect(await resolvePerson(await byName(), found)).toBe('resolved')
    expect(await rows(null, 'select external_id as e, name from persons where id = $1::bigint', id)).toEqual([
      { e: '-7', name: 'Li' },
    ])
  })

  it('is not, where somebody with a user has that id, or the lease is lost', async () => {
    const lease = await byName()
    await aMapping(connection, '-7', await aUser())
    expect(await resolvePerson(lease, found)).toBe('taken')
    await execute(null, `update persons set lease_token = null where id = $1::bigint`, id)
    expect(await resolvePerson(lease, { ...found, externalId: '-8' })).toBe('taken')
    expect(await rows(null, 'select external_id as e from persons where id = $1::bigint', id)).toEqual([
      { e: null },
    ])
  })
})
