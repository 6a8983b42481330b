import { beforeEach, describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { storePush } from '@/lib/inbox/intake/store-push'
import { execute, rows } from '@/lib/platform/db'
import { aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { admin } from '@/lib/testing/office'
import { aCompany, aPush, post, type Company } from '@/lib/testing/pushes'
import { getDelivery, listDeliveries, replayDelivery } from './deliveries'

useDatabase()

let company: Company
let user: string
beforeEach(async () => {
  company = await aCompany()
  user = await aUser()
  await aMapping(company.connection, 'xiaoyun', user)
})

const all = async () => (await listDeliveries({ connection: company.connection, limit: 50 }, 'en')).items
const sum = async () => {
  const { difference, ...rest } = await balance(company.connection)
  expect(difference).toBe(0)
  return rest
}

/** A push that an earlier version could not read: the bytes are right, the verdict is not. */
async function aDeadLetter(to: string[]): Promise<string> {
  const { body, headers } = company.sender.prepare(aPush(to))
  const dead = { verdict: 'dead', reason: 'reader_failed', content: null, hasSendTime: false } as const
  const stored = await storePush({ ...aDelivery(company.connection, []), ...dead, headers, body })
  return stored.deliveryId
}

describe('the log', () => {
  it('shows what arrived, byte for byte, and what became of each receiver', async () => {
    const push = company.sender.prepare(aPush(['xiaoyun', 'nobody', 'xiaoyun']))
    await post(push)
    await post(push)
    const [copy, first] = await all()
    expect(copy).toMatchObject({ verdict: 'duplicate', duplicateOf: first!.id, recipients: 3 })
    expect(first).toMatchObject({ verdict: 'accepted', recipients: 3, bytes: push.body.length })
    const detail = await getDelivery(first!.id, 'en')
    expect(Buffer.from(detail.bodyBase64!, 'base64').equals(push.body)).toBe(true)
    expect(detail.ledger.map((row) => row.state)).toEqual(['delivered', 'waiting', 'duplicate'])
    const copied = await getDelivery(copy!.id, 'en')
    expect(copied.ledger.map((row) => row.state)).toEqual(['duplicate', 'duplicate', 'duplicate'])
  })

  it('is read page by page, each once; what is no number is nobody’s', async () => {
    for (let i = 0; i < 12; i++) await post(company.sender.prepare(aPush(['xiaoyun'])))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listDeliveries({ connection: company.connection, limit: 5, cursor }, 'en')
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toHaveLength(12)
    expect(seen.map(BigInt)).toEqual([...seen.map(BigInt)].sort((a, b) => (a < b ? 1 : -1)))
    await expect(getDelivery('9999999999999999999', 'en')).rejects.toMatchObject({ code: 'not_found' })
    const beyond = { connection: company.connection, limit: 1, cursor: '9999999999999999999' }
    expect((await listDeliveries(beyond, 'en')).items).toHaveLength(1)
  })
})

describe('replaying', () => {
  it('makes a message of a dead letter that can be read now, once, and it adds up', async () => {
    const id = await aDeadLetter(['xiaoyun', 'other'])
    expect(await sum()).toMatchObject({ received: 1, dead: 1 })
    expect(await replayDelivery(admin, id, 'en')).toMatchObject({ verdict: 'accepted', recipients: 2 })
    await Promise.all([1, 2, 3].map(() => replayDelivery(admin, id, 'en')))
    expect(await inboxOf(user)).toHaveLength(1)
    expect(await sum()).toEqual({ received: 2, delivered: 1, waiting: 1, duplicates: 0, dead: 0 })
    const audit = await rows<{ detail: object }>(null, 'select detail from audit where subject = $1', id)
    expect(audit[0]).toMatchObject({ detail: { before: 'dead', after: 'accepted' } })
  })

  it('of what is delivered changes nothing', async () => {
    await post(company.sender.prepare(aPush(['xiaoyun'])))
    const [first] = await all()
    const before = await inboxOf(user)
    await replayDelivery(admin, first!.id, 'en')
    expect(await inboxOf(user)).toEqual(before)
    expect(await sum()).toMatchObject({ received: 1, delivered: 1 })
  })

  it('of one that is dead still leaves it so', async () => {
    await post(company.sender.prepare('nonsense'))
    const [first] = await all()
    for (let i = 0; i < 2; i++) await replayDelivery(admin, first!.id, 'en')
    expect(await sum()).toMatchObject({ received: 1, dead: 1 })
  })

  it('of a copy, or of what was purged, is refused', async () => {
    const push = company.sender.prepare(aPush(['xiaoyun']))
    await post(push)
    await post(push)
    const [copy, first] = await all()
    const conflict = { code: 'conflict' }
    await expect(replayDelivery(admin, copy!.id, 'en')).rejects.toMatchObject(conflict)
    await execute(null, 'update deliveries set body = null where id = $1::bigint', first!.id)
    await expect(replayDelivery(admin, first!.id, 'en')).rejects.toMatchObject(conflict)
  })

  it('writes the rest of a large push whose job was lost', async () => {
    const people = Array.from({ length: 700 }, (_, i) => `p${i}`)
    await post(company.sender.prepare(aPush(people)))
    await execute(null, 'delete from graphile_worker._private_jobs')
    const [first] = await all()
    await replayDelivery(admin, first!.id, 'en')
    const [row] = await rows<{ n: number }>(
      null,
      'select count(*)::int as n from messages where connection_id = $1::uuid',
      company.connection,
    )
    expect(row!.n).toBe(700)
    expect(await sum()).toMatchObject({ received: 700, waiting: 700 })
  })
})
