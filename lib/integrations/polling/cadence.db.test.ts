import { describe, expect, it } from 'vitest'
import { execute, rows } from '@/lib/platform/db'
import { markWatched } from '@/lib/inbox/live/presence'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import {
  anEmployee,
  anOffice,
  closeOffices,
  endPause,
  poll,
  pollWhoIsDue,
  type Employee,
} from '@/lib/testing/office'

useDatabase()
closeOffices()

const dueIn = async ({ personId }: Employee) => {
  const [row] = await rows<{ s: number }>(
    null,
    'select extract(epoch from next_poll_at - now())::float8 as s from persons where id = $1::bigint',
    personId,
  )
  return row!.s
}
/** When the user was last here, and whether they are now. */
const beHere = ({ user }: Employee, daysAgo: number | null, watchedFor: number) =>
  execute(
    null,
    `update users set last_seen_at = now() - make_interval(days => $2::int),
       watched_until = now() + make_interval(secs => $3) where id = $1::uuid`,
    user,
    daysAgo,
    watchedFor,
  )

describe('the next poll is due', () => {
  it.each([
    // pollSeconds, days since the user was here, seconds the page stays open → seconds
    [60, 0, 50, 15],
    [60, 30, 50, 15],
    [5, 0, 50, 5],
    [60, 0, -1, 60],
    [60, 6, -100, 60],
    [60, 8, -1, 600],
    [10, 8, -1, 100],
    [900, 8, -1, 900],
    [60, null, -1, 60],
  ])(
    'with pollSeconds %i, here %s days ago, page open for %i s: in %i s',
    async (pollSeconds, days, open, expected) => {
      const office = await anOffice({}, { pollSeconds })
      const li = await anEmployee(office, 'li')
      await beHere(li, days, open)
      // The first finds what was there, the second is like all others.
      for (let i = 0; i < 2; i++) {
        await poll(office)
        expect(await dueIn(li)).toBeGreaterThan(expected * 0.9 - 2)
        expect(await dueIn(li)).toBeLessThan(expected * 1.1)
      }
    },
  )

  it('rarely for whoever was mapped more than a week ago and never came', async () => {
    const office = await anOffice()
    const li = await anEmployee(office, 'li')
    await execute(
      null,
      `update persons set mapped_at = now() - interval '8 days' where id = $1::bigint`,
      li.personId,
    )
    await poll(office)
    expect(await dueIn(li)).toBeGreaterThan(500)
  })
})

it('somebody who comes back after weeks sees within seconds what came meanwhile', async () => {
  const office = await anOffice()
  const li = await anEmployee(office, 'li')
  await beHere(li, 30, -1)
  await poll(office)
  office.seeyon.send('li', { messageContent: 'meanwhile' })
  await execute(
    null,
    `update persons set polled_at = now() - interval '20 seconds' where id = $1::bigint`,
    li.personId,
  )
  expect(await pollWhoIsDue()).toBe(0)
  await markWatched([li.user])
  expect(await pollWhoIsDue()).toBe(1)
  expect((await inboxOf(li.user))[0]).toMatchObject({ title: 'meanwhile' })
  expect(await dueIn(li)).toBeLessThan(17)
})

it('after an outage nobody has lost their turn: all are due, those polled often before those polled rarely', async () => {
  const office = await anOffice({}, { concurrency: 1 })
  const [rare, often] = [await anEmployee(office, 'rare'), await anEmployee(office, 'often')]
  await beHere(rare, 30, -1)
  await beHere(often, 0, 50)
  await poll(office)
  // Twelve minutes pass, in which the system is away.
  await execute(null, `update persons set next_poll_at = next_poll_at - interval '12 minutes'`)
  await execute(null, "update connections set failures = 5, retry_at = now() + interval '9 seconds'")
  expect(await pollWhoIsDue()).toBe(0)
  await endPause(office)
  office.seeyon.resetCounters()
  expect(await pollWhoIsDue()).toBe(2)
  const order = office.seeyon.log().flatMap(({ memberId }) => memberId ?? [])
  expect(order).toEqual([office.seeyon.member('often').id, office.seeyon.member('rare').id])
})
