import { beforeEach, describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { balance } from '@/lib/inbox/balance'
import { execute } from '@/lib/platform/db'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import {
  anEmployee,
  anOffice,
  closeOffices,
  poll,
  tell,
  type Employee,
  type Office,
} from '@/lib/testing/office'

useDatabase()
closeOffices()

/** To-dos that employees handled in Seeyon itself, from its wire to the inbox. */
let office: Office
let zhang: Employee

async function begin(settings: object): Promise<void> {
  office = await anOffice({}, settings)
  zhang = await anEmployee(office, 'zhang')
  await poll(office)
}
/** A while ago: what has just come may be too new for a list. */
const sent = (affair: string, linkType = 'message.link.col.pending') =>
  office.seeyon.send('zhang', {
    ...{ linkType, linkParams: [affair], messageContent: affair },
    creationDate: Date.now() - 3_600_000,
  })
/** Polls, and compares whatever the time since the last comparison. */
const compare = async () => {
  await execute(
    null,
    `update persons set compared_at = 'epoch' where connection_id = $1::uuid`,
    office.connection,
  )
  await poll(office)
}
const states = async () =>
  Object.fromEntries(
    (await inboxOf(zhang.user)).map((m) => [m.title, m.doneAt ? `done by ${m.doneBy}` : 'open']),
  )

describe('with a token of the employee’s own', () => {
  beforeEach(() => begin({ tokenMode: 'bound', concurrency: 1 }))

  it('what two lists of pending affairs in a row do not name is done', async () => {
    sent('-6675423597613201249')
    sent('9223372036854775807')
    sent('1001', 'message.link.edoc.pending')
    await compare()
    office.seeyon.handle('zhang', '-6675423597613201249')
    await compare()
    expect(Object.values(await states())).toEqual(['open', 'open', 'open'])
    await compare()
    expect(await states()).toEqual({
      '-6675423597613201249': 'done by source',
      '9223372036854775807': 'open',
      // Documents are not on that list.
      '1001': 'open',
    })
    expect(await balance(office.connection)).toMatchObject({ received: 3, difference: 0 })
  })

  it('nothing is, where the server has no such list; it is looked for once, and messages come all the same', async () => {
    office.seeyon.configure({ pendingAffairs: false })
    office.seeyon.resetCounters()
    await anEmployee(office, 'li')
    await anEmployee(office, 'wang')
    sent('1')
    await compare()
    sent('2')
    await compare()
    expect(await states()).toEqual({ '1': 'open', '2': 'open' })
    expect(office.seeyon.requests().endpoints.pendingAffairs.total).toBe(1)
  })
})

describe('with one token for all', () => {
  it('nothing is done by being handled there, and no list is asked for', async () => {
    await begin({})
    sent('1')
    await poll(office)
    office.seeyon.handle('zhang', '1')
    for (let n = 0; n < 3; n++) await compare()
    expect(await states()).toEqual({ '1': 'open' })
    expect(office.seeyon.requests().endpoints.pendingAffairs.total).toBe(0)
  })

  it('it is, where what is read there counts as done, but not what is read here', async () => {
    await begin({ readMeansDone: true })
    for (const affair of ['handled', 'read here', 'left']) sent(affair)
    await poll(office)
    const here = (await inboxOf(zhang.user)).find((m) => m.title === 'read here')!
    await act(zhang.user, 'read', { ids: [here.id] })
    await tell(zhang)
    const handled = office.seeyon.messages('zhang').find((m) => m.messageContent === 'handled')!
    office.seeyon.markRead({ loginName: 'zhang', referenceId: handled.referenceId })
    for (let n = 0; n < 3; n++) await poll(office)
    expect(office.seeyon.unread('zhang')).toHaveLength(1)
    expect(await states()).toEqual({ handled: 'done by source', 'read here': 'open', left: 'open' })
  })
})
