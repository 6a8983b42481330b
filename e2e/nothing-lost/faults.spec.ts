import { startSeeyon } from '@/simulators/seeyon'
import { FAULT_KINDS, type FaultKind } from '@/simulators/seeyon/faults/faults'
import { expect, test } from '../fixtures'
import { administrator, employeeOf, expectBalanced, times, type Administrator } from './administrator'

/** A page and a bit; then another one, so that the second page comes in the middle. */
const BEFORE = 25
const MEANWHILE = 22
const EMPLOYEE = 'faults'

/** One Seeyon for each kind, all at the same time: what one does must not disturb the others. */
test('whatever goes wrong in the middle of a listing, nothing is lost and nothing counts as read', async ({
  server,
}) => {
  test.slow()
  const admin = await administrator(server.baseUrl)
  await admin.addUser(EMPLOYEE)
  const systems = await Promise.all(FAULT_KINDS.map((kind, at) => connect(admin, kind, at)))
  const employee = await employeeOf(server.baseUrl, EMPLOYEE)
  const states = async (id: string) =>
    times(
      (await employee.messages(`&connection=${id}`)).map(
        (one) => `${one.title}: ${word(one.readAt !== null)}`,
      ),
    )
  try {
    for (const { id } of systems) {
      await expect.poll(async () => (await admin.balance(id)).delivered, { timeout: 60_000 }).toBe(BEFORE)
    }
    await Promise.all(
      systems.map(async ({ kind, id, seeyon }) => {
        const read = seeyon.unread('zhangsan').slice(-1)
        const struck = strike(seeyon, kind, read)
        await expect.poll(() => struck().hits, { message: kind, timeout: 60_000 }).toBe(1)
        if (kind === 'hold') {
          // The list moves on while its second page is on its way.
          seeyon.send('zhangsan', { messageContent: 'late' })
          seeyon.clearFaults({ id: struck().id })
        }
        // Everything after the fault waits here: what is seen now is what was made of the broken listing alone.
        await expect.poll(() => struck().held, { message: kind, timeout: 60_000 }).toBeGreaterThan(0)
        const made = await states(id)
        // The one that is read over there may show as read already; no other may.
        expect(Object.keys(made), kind).toEqual(expect.arrayContaining(unread('before', BEFORE).slice(1)))
        expect(Object.keys(made).filter((state) => state.endsWith(': read')).length, kind).toBeLessThan(2)
        expect(Object.values(made), kind).toEqual(Object.values(made).map(() => 1))

        seeyon.clearFaults()
        const there = () =>
          times(seeyon.messages('zhangsan').map((one) => `${one.messageContent}: ${word(one.isRead)}`))
        await expect.poll(() => states(id), { message: kind, timeout: 60_000 }).toEqual(there())
      }),
    )
    await expectBalanced(admin, ...systems.map(({ id }) => id))
  } finally {
    await employee.close()
    for (const { id, seeyon } of systems) {
      await admin.archive(id)
      await seeyon.close()
    }
    await admin.close()
  }
})

type Seeyon = Awaited<ReturnType<typeof startSeeyon>>

async function connect(admin: Administrator, kind: FaultKind, seed: number) {
  const seeyon = await startSeeyon({
    members: [{ loginName: 'zhangsan', name: '张三' }],
    seed,
    maxPageSize: 20,
  })
  for (let n = 0; n < BEFORE; n++) seeyon.send('zhangsan', { messageContent: `before ${n}` })
  const id = await admin.connectPolled(seeyon, `OA ${kind}`)
  await admin.map(id, EMPLOYEE, { loginName: 'zhangsan' })
  return { kind, id, seeyon }
}

/**
 * New messages fill more than a page, and one of the old ones is read over there. Once the first page of that was
 * listed, the fault strikes the next request, and all later ones are held until the faults are cleared.
 */
function strike(seeyon: Seeyon, kind: FaultKind, read: string[]) {
  let ids: { fault: number; hold: number } | null = null
  for (let n = 0; n < MEANWHILE; n++) seeyon.send('zhangsan', { messageContent: `meanwhile ${n}` })
  seeyon.afterPage({ endpoint: 'unread', page: 1 }, () => {
    seeyon.markRead({ loginName: 'zhangsan', messageIds: read })
    // The end of the list, says `custom`; it is the nastiest answer: right in form, and not true.
    const body = kind === 'custom' ? { body: 'null', type: 'application/json' } : {}
    const fault = seeyon.fault({ kind, endpoint: 'unread', count: 1, ...body })
    const hold = seeyon.fault({ kind: 'hold', endpoint: 'unread' })
    ids = { fault: fault.id, hold: hold.id }
  })
  let hits = 0
  return () => {
    const { faults } = seeyon.state()
    const hitsOf = (id: number | undefined) => faults.find((fault) => fault.id === id)?.hits ?? 0
    // A fault that is cleared is in no list any more.
    hits = Math.max(hits, hitsOf(ids?.fault))
    return { id: ids?.fault ?? 0, hits, held: hitsOf(ids?.hold) }
  }
}

const word = (isRead: boolean) => (isRead ? 'read' : 'unread')
const unread = (what: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${what} ${n}: unread`)
