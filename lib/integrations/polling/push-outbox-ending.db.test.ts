import { expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { shutdown } from '@/lib/platform/shutdown'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf, outboxOf } from '@/lib/testing/inbox'
import { anEmployee, anOffice, circuitOf, closeOffices, poll, tell } from '@/lib/testing/office'
import { until } from '@/lib/testing/until'

useDatabase()
closeOffices()

// A process ends once, hence a file of its own.
it('the end of the process ends a call that hangs; the read is told by the next one', async () => {
  const office = await anOffice()
  const li = await anEmployee(office, 'li')
  await poll(office)
  office.seeyon.send('li')
  await poll(office)
  await act(li.user, 'read', { filter: {}, through: '99' })
  office.seeyon.fault({ kind: 'hang', endpoint: 'isread' })
  const telling = tell(li)
  await until('the call hangs', () => office.seeyon.requests().inFlight > 0)
  await shutdown()
  await telling
  expect(await outboxOf(li.personId)).toMatchObject([{ state: 'pending' }])
  expect((await inboxOf(li.user))[0]).toMatchObject({ sync: 'pending' })
  expect(await circuitOf(office)).toMatchObject({ failures: 0 })
})
