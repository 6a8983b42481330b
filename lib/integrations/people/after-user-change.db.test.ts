import { beforeEach, describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { rows } from '@/lib/platform/db'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { aMapping } from '@/lib/testing/builders'
import { anEmployee, anOffice, closeOffices, poll, type Employee, type Office } from '@/lib/testing/office'
import { aCompany, aPush, post, type Company } from '@/lib/testing/pushes'
import { afterUserChanged, resumePassedOver } from './after-user-change'

useDatabase()
closeOffices()

let office: Office
let company: Company
let li: Employee
beforeEach(async () => {
  ;[office, company] = [await anOffice(), await aCompany()]
  li = await anEmployee(office, 'li')
  await aMapping(company.connection, 'xiaoyun', li.user)
  await poll(office)
})

const setDisabled = (disabled: boolean) =>
  rows(
    null,
    'update users set disabled_at = case when $2::boolean then now() end where id = $1::uuid',
    li.user,
    disabled,
  )
const push = () => post(company.sender.prepare(aPush(['xiaoyun'])))

describe('a user who is disabled', () => {
  it('is not polled for, and pushes wait; enabled, everything arrives', async () => {
    await setDisabled(true)
    await afterUserChanged({ id: li.user, disabled: true })
    await push()
    office.seeyon.send('li')
    expect(await poll(office)).toBe(0)
    expect(await inboxOf(li.user)).toEqual([])
    expect(await balance(company.connection)).toMatchObject({ waiting: 1, difference: 0 })
    await setDisabled(false)
    await afterUserChanged({ id: li.user, disabled: false })
    expect(await poll(office)).toBe(1)
    expect(await inboxOf(li.user)).toHaveLength(2)
    expect(await balance(company.connection)).toMatchObject({ waiting: 0, delivered: 1, difference: 0 })
  })
})

describe('a process that ends between enabling a user and what follows', () => {
  it('leaves nothing behind for good: the sweep does it', async () => {
    await setDisabled(true)
    await afterUserChanged({ id: li.user, disabled: true })
    await push()
    await resumePassedOver()
    expect(await inboxOf(li.user)).toEqual([])
    await setDisabled(false)
    office.seeyon.send('li')
    expect(await poll(office)).toBe(0)
    await resumePassedOver()
    expect(await poll(office)).toBe(1)
    expect(await inboxOf(li.user)).toHaveLength(2)
    const before = await rows(null, 'select seq from inboxes where user_id = $1::uuid', li.user)
    await resumePassedOver()
    expect(await rows(null, 'select seq from inboxes where user_id = $1::uuid', li.user)).toEqual(before)
  })
})
