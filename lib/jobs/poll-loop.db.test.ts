import { afterEach, expect, it } from 'vitest'
import { rows } from '@/lib/platform/db'
import { useDatabase } from '@/lib/testing/database'
import { anEmployee, anOffice, closeOffices, type Office } from '@/lib/testing/office'
import { until } from '@/lib/testing/until'
import { startPolling } from './poll-loop'

useDatabase()
const loops: ReturnType<typeof startPolling>[] = []
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()))
})
closeOffices()

async function anOfficeOf(people: number, settings: object): Promise<Office> {
  const office = await anOffice({}, settings)
  for (let i = 0; i < people; i++) await anEmployee(office, `e${i}`)
  return office
}
const count = async (office: Office, condition: string) => {
  const [row] = await rows<{ n: number }>(
    null,
    `select count(*)::int as n from persons where connection_id = $1::uuid and ${condition}`,
    office.connection,
  )
  return row!.n
}

it('fills a place as soon as it is free, where more are due than may be polled at once', async () => {
  const office = await anOfficeOf(24, { concurrency: 1 })
  const begun = performance.now()
  loops.push(startPolling())
  await until(
    'everybody was polled',
    async () => (await count(office, 'polled_at is not null')) === 24,
    20_000,
  )
  // Two looks a second for whoever is due would need twelve.
  expect(performance.now() - begun).toBeLessThan(8_000)
  expect(office.seeyon.requests().maxConcurrent).toBe(1)
})

it('keeps to the setting, however many processes poll', async () => {
  const office = await anOfficeOf(20, { concurrency: 3 })
  office.seeyon.configure({ latencyMs: 10 })
  loops.push(startPolling(), startPolling())
  let most = 0
  await until('everybody was polled', async () => {
    most = Math.max(most, await count(office, 'lease_until > now()'))
    return (await count(office, 'polled_at is not null')) === 20
  })
  expect(most).toBe(3)
})

it('gives back what is in hand when it stops', async () => {
  const office = await anOfficeOf(3, { concurrency: 2 })
  office.seeyon.fault({ kind: 'hang', endpoint: 'all' })
  const loop = startPolling()
  await until('the calls hang', () => office.seeyon.requests().inFlight === 2)
  await loop.stop()
  expect(await count(office, 'lease_until is not null')).toBe(0)
  expect(await count(office, 'next_poll_at <= now()')).toBe(3)
})
