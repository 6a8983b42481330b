import { expect, it } from 'vitest'
import { rows } from '@/lib/platform/db'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, titlesOf } from '@/lib/testing/inbox'
import { bringIn, deliverIdOf } from './bring-in'
import { applyFindings } from './todos'

useDatabase()

it('passes on what is news, and not what has piled up', async () => {
  const [source, target, user] = [await aConnection(), await aConnection(), await aUser()]
  const { personId } = await aMapping(source, 'xiaoyun', user)
  await aMapping(target, 'there', user)
  const rule = { connectionId: target, types: null, categories: null }
  const missing = (title: string) =>
    aDelivery(
      source,
      ['xiaoyun'],
      { title, sentAt: new Date() },
      { deliverId: deliverIdOf('xiaoyun', title) },
    )
  const bring = async (titles: string[]) => bringIn(await aLease(personId), titles.map(missing), rule)
  const passedOn = async () => {
    const found = await rows<{ title: string }>(
      null,
      `select c.title from forwards f join messages m on m.id = f.message_id join contents c on c.id = m.content_id
       where f.connection_id = $1::uuid order by f.id`,
      target,
    )
    return found.map(({ title }) => title)
  }
  expect(await bring(['first'])).toBe(true)
  const nothing = { over: [], missing: [], listed: [], openAgain: [] }
  expect(await applyFindings(await aLease(personId), { asOf: new Date(), ...nothing })).toBe(true)
  expect(await passedOn()).toEqual([])
  await bring(['first', 'news'])
  expect(await passedOn()).toEqual(['news'])
  await bring(Array.from({ length: 30 }, (_, i) => `pile ${i}`))
  expect(await passedOn()).toEqual(['news'])
  expect(await titlesOf(user)).toHaveLength(32)
})

it('writes nothing under a lease that is gone', async () => {
  const [source, user] = [await aConnection(), await aUser()]
  const { personId } = await aMapping(source, 'xiaoyun', user)
  const gone = await aLease(personId)
  await aLease(personId)
  expect(await bringIn(gone, [aDelivery(source, ['xiaoyun'])])).toBe(false)
  const findings = { asOf: new Date(), over: [], missing: [], listed: [], openAgain: [] }
  expect(await applyFindings(gone, findings)).toBe(false)
  expect(await titlesOf(user)).toEqual([])
})
