import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { GET as progressRoute } from '@/app/api/v1/admin/mappings/import/[job]/route'
import { DELETE as unmapRoute } from '@/app/api/v1/admin/mappings/[personId]/route'
import type { ImportProgress } from '@/lib/contracts/import'
import { pool, rows } from '@/lib/platform/db'
import type { Browser } from '@/lib/testing/browser'
import { aUser } from '@/lib/testing/builders'
import { startPolling } from '@/lib/jobs/poll-loop'
import { useDatabase } from '@/lib/testing/database'
import { titlesOf } from '@/lib/testing/inbox'
import { anOffice, closeOffices, endPause, pollWhoIsDue, type Office } from '@/lib/testing/office'
import { importFile, mapped } from '@/lib/testing/people-file'
import { until } from '@/lib/testing/until'
import { givenUser, signedInBrowser } from '@/lib/testing/users'

useDatabase()
closeOffices()

let boss: Browser
beforeAll(async () => {
  await givenUser('boss', 'admin')
  boss = await signedInBrowser('boss')
})
beforeEach(() => pool().query(`delete from users where username <> 'boss'`))

const bring = async (office: Office, ...lines: string[]) =>
  (await importFile(boss, [`username,${office.connection}`, ...lines].join('\n'))).job!
async function progress(job: string): Promise<ImportProgress> {
  const response = await boss.send(progressRoute, 'GET', '/', { params: { job } })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as ImportProgress
}

test('sign-in names are looked up by the polls, and how far that is is told', async () => {
  const office = await anOffice({
    members: [{ loginName: 'zhang', name: '张三', id: '-7' }, { loginName: 'li' }],
  })
  office.seeyon.send('zhang', { messageContent: 'hello' })
  const zhang = await aUser('zhang')
  await aUser('li')
  await aUser('wang')
  const job = await bring(office, 'zhang,zhang', 'li,li', 'wang,nobody')
  const none = { failed: [], failedCount: 0, paused: null }
  expect(await progress(job)).toEqual({ total: 3, resolved: 0, done: false, ...none })
  await pollWhoIsDue()
  expect(await progress(job)).toEqual({
    total: 3,
    resolved: 2,
    failed: [{ loginName: 'nobody', username: 'wang', error: '没有登录名 nobody' }],
    failedCount: 1,
    done: true,
    paused: null,
  })
  expect(await mapped(office.connection)).toEqual([
    `li → ${office.seeyon.member('li').id}`,
    'wang → nobody?',
    'zhang → -7',
  ])
  expect(await titlesOf(zhang)).toEqual(['hello'])
})

test('while the system is away nothing has failed; it goes on by itself', async () => {
  const office = await anOffice({ members: [{ loginName: 'zhang' }, { loginName: 'li' }] })
  await aUser('zhang')
  await aUser('li')
  const job = await bring(office, 'zhang,zhang', 'li,li')
  office.seeyon.fault({ kind: 'status500', endpoint: '*' })
  await pollWhoIsDue()
  expect(await progress(job)).toMatchObject({
    resolved: 0,
    failed: [],
    done: false,
    paused: expect.any(String),
  })
  office.seeyon.clearFaults()
  await endPause(office)
  await pool().query('update persons set next_poll_at = now() where next_poll_at is not null')
  await pollWhoIsDue()
  expect(await progress(job)).toMatchObject({ resolved: 2, failed: [], done: true, paused: null })
})

test('a mapping that was taken back is told, and waited for no more', async () => {
  const office = await anOffice({ members: [{ loginName: 'zhang' }] })
  await aUser('zhang')
  const job = await bring(office, 'zhang,zhang')
  const [person] = await rows<{ id: string }>(null, 'select id::text from persons where user_id is not null')
  await boss.send(unmapRoute, 'DELETE', '/', { params: { personId: person!.id } })
  expect(await progress(job)).toMatchObject({
    failed: [{ loginName: 'zhang', username: 'zhang', error: 'The mapping was taken back' }],
    done: true,
  })
})

test('a sign-in name that turns out to be somebody who was here is theirs', async () => {
  const office = await anOffice({ members: [{ loginName: 'zhang', id: '-7' }] })
  const user = await aUser('zhang')
  await importFile(boss, `username,${office.connection}\nzhang,id:-7`)
  await pool().query('update persons set user_id = null, next_poll_at = null where user_id = $1', [user])
  const job = await bring(office, 'zhang,zhang')
  await pollWhoIsDue()
  expect(await progress(job)).toMatchObject({ total: 1, resolved: 1, done: true })
  expect(await mapped(office.connection)).toEqual(['zhang → -7'])
})

test('a sign-in name that has gone over to somebody else since is theirs, whatever was known', async () => {
  const office = await anOffice({ members: [{ loginName: 'zhang', id: '-8' }] })
  const user = await aUser('zhang')
  await importFile(boss, `username,${office.connection}\nzhang,id:-7`)
  await pool().query(
    `update persons set user_id = null, next_poll_at = null, login_name = 'zhang' where user_id = $1`,
    [user],
  )
  await bring(office, 'zhang,zhang')
  await pollWhoIsDue()
  expect(await mapped(office.connection)).toEqual(['zhang → -8'])
})

test('all names are looked up before anybody’s messages are fetched', async () => {
  const PEOPLE = 200
  const AT_ONCE = 8
  const logins = Array.from({ length: PEOPLE }, (_, i) => `u${i}`)
  const members = logins.map((loginName) => ({ loginName }))
  const office = await anOffice({ members }, { concurrency: AT_ONCE })
  await Promise.all(logins.map((login) => aUser(login)))
  const job = await bring(office, ...logins.map((login) => `${login},${login}`))
  const begun = performance.now()
  const polling = startPolling()
  try {
    const told = await until('all are looked up', async () => {
      const now = await progress(job)
      return now.done && now
    })
    const seconds = (performance.now() - begun) / 1000
    process.stdout.write(`${PEOPLE} sign-in names looked up in ${seconds.toFixed(1)} s, ${AT_ONCE} at once\n`)
    expect(told).toMatchObject({ total: PEOPLE, resolved: PEOPLE, failedCount: 0 })
  } finally {
    await polling.stop()
  }
  const asked = office.seeyon.log().map(({ endpoint }) => endpoint)
  const lists = asked
    .slice(0, asked.lastIndexOf('orgMember'))
    .filter((one) => one === 'unread' || one === 'all')
  expect(lists.length).toBeLessThanOrEqual(3 * AT_ONCE)
  expect(office.seeyon.requests().maxConcurrent).toBeLessThanOrEqual(AT_ONCE)
})

test('an import that nobody made is not found', async () => {
  await expect(progress(randomUUID())).rejects.toThrow('404')
})
