import { expect, it } from 'vitest'
import { execute } from '@/lib/platform/db'
import { useDatabase } from '@/lib/testing/database'
import { admin, anEmployee, anOffice, closeOffices, poll } from '@/lib/testing/office'
import { changeConnection } from './connections'
import { mappedPeople } from './mapped-people-store'
import { testConnection } from './test-connection'

useDatabase()
closeOffices()

it('finds out how a server pages with somebody who is mapped, and says which setting mends it', async () => {
  const office = await anOffice()
  office.seeyon.addMember({ loginName: 'stranger' })
  const paging = async () =>
    (await testConnection(office.connection, 'zh-CN')).find((c) => c.name === 'paging')!
  expect(await paging()).toMatchObject({ ok: true, detail: expect.stringContaining('没有检查') as unknown })
  await anEmployee(office, 'zhang')
  await poll(office)
  office.seeyon.configure({ paging: 'legacy' })
  office.seeyon.sendMany('zhang', 2)
  const found = await paging()
  expect(found).toMatchObject({ label: '分页方式', ok: false })
  const { setting, value, label } = found.suggest!
  expect(label).toBe('改为「V6.0 之前」')
  await changeConnection(admin, office.connection, { settings: { [setting]: value } }, 'zh-CN')
  expect(await paging()).toMatchObject({ ok: true })
  const asked = office.seeyon.log().flatMap(({ memberId }) => memberId ?? [])
  expect(asked).not.toContain(office.seeyon.member('stranger').id)
})

it('tries with few of those who are polled, those with long lists first', async () => {
  const office = await anOffice()
  const [zhang, li, wang] = [
    await anEmployee(office, 'zhang'),
    await anEmployee(office, 'li'),
    await anEmployee(office, 'wang'),
  ]
  await poll(office)
  await execute(null, 'update persons set pages = 9 where id = $1::bigint', li.personId)
  await execute(null, 'update persons set pages = 1 where id = $1::bigint', wang.personId)
  await execute(null, 'update users set disabled_at = now() where id = $1::uuid', zhang.user)
  const ids = (...logins: string[]) => logins.map((login) => office.seeyon.member(login).id)
  expect(await mappedPeople(office.connection, 3)).toEqual({ count: 2, externalIds: ids('li', 'wang') })
  expect(await mappedPeople(office.connection, 1)).toEqual({ count: 2, externalIds: ids('li') })
})
