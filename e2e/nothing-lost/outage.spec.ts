import { startSeeyon } from '@/simulators/seeyon'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import { expect, test } from '../fixtures'
import { administrator, employeeOf, expectBalanced, times, type Administrator } from './administrator'

const PEOPLE = Array.from({ length: 30 }, (_, n) => `outage-${n}`)
/** Two pages each. */
const BEFORE = 25
const MEANWHILE = 3
const POLLS_MISSED = 20

test('away for 20 polls: then everybody is caught up, and nothing counts as read that is not', async ({
  server,
}) => {
  test.slow()
  const admin = await administrator(server.baseUrl)
  const seeyon = await startSeeyon({ members: PEOPLE.map((loginName) => ({ loginName, name: loginName })) })
  const send = (count: number, what: string) =>
    PEOPLE.forEach((name) =>
      Array.from({ length: count }, (_, n) => seeyon.send(name, { messageContent: `${name} ${what} ${n}` })),
    )
  send(BEFORE, 'before')
  const id = await admin.connectPolled(seeyon, '会停的 OA')
  try {
    for (const name of PEOPLE) await admin.addUser(name)
    for (const name of PEOPLE) await admin.map(id, name, { loginName: name })
    await expect
      .poll(async () => (await admin.balance(id)).delivered, { timeout: 60_000 })
      .toBe(PEOPLE.length * BEFORE)

    seeyon.fault({ kind: 'reset' })
    await expect.poll(() => secondsAway(admin, id), { timeout: 20_000 }).toBeGreaterThan(0)
    // Life over there goes on; and here somebody reads what is here already.
    send(MEANWHILE, 'meanwhile')
    const readThere = PEOPLE.flatMap((loginName) => {
      const messageIds = seeyon.unread(loginName).slice(-2)
      return seeyon.markRead({ loginName, messageIds }).map((one) => `${loginName} ${one}`)
    })
    expect(readThere).toHaveLength(2 * PEOPLE.length)
    const someone = await employeeOf(server.baseUrl, PEOPLE[7]!)
    const mine = (await someone.messages()).find(({ title }) => title === `${someone.username} before 20`)!
    expect(await someone.act('read', [mine.id])).toMatchObject({ changed: 1 })
    await expect.poll(() => secondsAway(admin, id), { timeout: 60_000 }).toBeGreaterThanOrEqual(POLLS_MISSED)
    const unreadMeanwhile = (await someone.messages()).filter(({ readAt }) => readAt === null)
    expect(unreadMeanwhile).toHaveLength(BEFORE - 1)
    await someone.close()
    expect((await admin.balance(id)).received).toBe(PEOPLE.length * BEFORE)

    seeyon.clearFaults()
    await expect
      .poll(async () => (await admin.balance(id)).delivered, { timeout: 60_000 })
      .toBe(PEOPLE.length * (BEFORE + MEANWHILE))
    for (const name of PEOPLE) {
      const employee = await employeeOf(server.baseUrl, name)
      const states = async () =>
        times(
          (await employee.messages()).map(({ title, readAt }) => `${title}: ${readAt ? 'read' : 'unread'}`),
        )
      const there = () =>
        times(seeyon.messages(name).map((one) => `${one.messageContent}: ${one.isRead ? 'read' : 'unread'}`))
      await expect.poll(states, { message: name, timeout: 30_000 }).toEqual(there())
      await employee.close()
    }
    // What was read here while nobody could be told is told.
    expect(seeyon.unread(PEOPLE[7]!)).toHaveLength(BEFORE + MEANWHILE - 3)
    await expectBalanced(admin, id)
  } finally {
    await admin.archive(id)
    await admin.close()
    await seeyon.close()
  }
})

/** Since when nothing answers, in seconds; 0 while all is well. */
async function secondsAway(admin: Administrator, id: string): Promise<number> {
  const { connections } = await admin.read<{ connections: ConnectionHealth[] }>('/api/v1/admin/health')
  const { failingSince } = connections.find((one) => one.id === id)!
  return failingSince === null ? 0 : (Date.now() - Date.parse(failingSince)) / 1000
}
