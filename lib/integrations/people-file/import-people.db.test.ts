import iconv from 'iconv-lite'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GET as exportRoute } from '@/app/api/v1/admin/mappings/export/route'
import { balance } from '@/lib/inbox/balance'
import { pool, rows } from '@/lib/platform/db'
import { browser, type Browser } from '@/lib/testing/browser'
import { aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aMessage, inboxOf, titlesOf } from '@/lib/testing/inbox'
import { aForms, anOa, importFile, mapped, sendFile } from '@/lib/testing/people-file'
import { givenUser, signedInBrowser } from '@/lib/testing/users'

useDatabase()

let boss: Browser
let forms: string
let oa: string
beforeAll(async () => {
  await givenUser('boss', 'admin')
  boss = await signedInBrowser('boss')
})
beforeEach(async () => {
  await pool().query(
    'truncate persons, import_lookups, connections, messages, contents, deliveries, events cascade',
  )
  await pool().query(`delete from users where username <> 'boss'`)
  await pool().query('truncate audit')
  ;[forms, oa] = [await aForms('表单'), await anOa('OA')]
})

const file = (...lines: string[]) => ['username,name,email,表单,OA', ...lines].join('\n')
const send = (lines: string[], query = '') => importFile(boss, file(...lines), query)
/** What all tables hold that an import could touch. */
const everything = async () =>
  (
    await pool().query(
      `select (select json_agg(p order by id) from persons p) as persons, (select json_agg(m order by id) from messages m) as messages,
         (select json_agg(u order by id) from (select id, username, name, email, role from users) u) as users,
         (select json_agg(i order by user_id) from inboxes i) as inboxes, (select json_agg(a order by id) from audit a) as audit,
         (select json_agg(i order by user_id) from invitations i) as invitations, (select json_agg(l) from import_lookups l) as lookups`,
    )
  ).rows[0]

describe('an import', () => {
  test('creates users and mappings, with links, and one line in the record', async () => {
    await aUser('zhang')
    const result = await send(['zhang,,,u-1,zhang', 'li,李四,Li@Example.com,u-2,id:-7'], '?createUsers=true')
    expect(result).toMatchObject({
      applied: true,
      encoding: 'utf-8',
      counts: { new: 1, changed: 1, unchanged: 0, error: 0 },
      users: { created: 1, unchanged: 1 },
      mappings: { created: 4, unchanged: 0 },
      errors: [],
      unknownColumns: [],
      job: expect.any(String),
      links: [
        {
          username: 'li',
          name: '李四',
          url: expect.stringMatching(/^http:\/\/huixin\.test\/welcome#.{43}$/),
        },
      ],
      rows: [
        {
          line: 2,
          username: 'zhang',
          state: 'changed',
          changes: ['表单: mapped to u-1', 'OA: mapped to zhang'],
        },
        {
          line: 3,
          username: 'li',
          state: 'new',
          changes: ['New user', '表单: mapped to u-2', 'OA: mapped to -7'],
        },
      ],
    })
    expect(await mapped(forms)).toEqual(['li → u-2', 'zhang → u-1'])
    expect(await mapped(oa)).toEqual(['li → -7', 'zhang → zhang?'])
    const [li] = await rows(
      null,
      `select name, email, role, (select count(*)::int from inboxes i where i.user_id = u.id) as inboxes,
         (select count(*)::int from accounts a where a.user_id = u.id) as passwords
       from users u where username = 'li'`,
    )
    expect(li).toEqual({ name: '李四', email: 'li@example.com', role: 'employee', inboxes: 1, passwords: 0 })
    expect(await rows(null, 'select actor, action, subject, detail from audit')).toEqual([
      {
        actor: 'boss',
        action: 'mapping.import',
        subject: result.job,
        detail: { rows: 2, usersCreated: 1, mapped: 4, lookups: 1, delivered: 0 },
      },
    ])
  })

  test('has polled persons polled at once, those of disabled users not', async () => {
    await aUser('zhang')
    await aUser('li')
    await pool().query(`update users set disabled_at = now() where username = 'li'`)
    await send(['zhang,,,u-1,zhang', 'li,,,,li'])
    const due = await rows(
      null,
      `select coalesce(external_id, login_name) as p, next_poll_at <= now() as due from persons order by 1`,
    )
    expect(due).toEqual([
      { p: 'li', due: null },
      { p: 'u-1', due: null },
      { p: 'zhang', due: true },
    ])
  })

  test('delivers what waited, each user’s under one number', async () => {
    const other = await anOa('OA 2')
    const [zhang, li] = [await aUser('zhang'), await aUser('li')]
    for (const title of ['1', '2']) await aMessage(forms, 'u-1', { title })
    await aMessage(other, '-5', { title: '3' })
    await aMessage(forms, 'u-2', { title: 'for li' })
    await aMessage(forms, 'u-3', { title: 'for nobody' })
    const text = 'username,表单,OA 2\nzhang,u-1,id:-5\nli,u-2,'
    expect(await importFile(boss, text, '?dryRun=true')).toMatchObject({ applied: false, delivered: 4 })
    expect(await importFile(boss, text)).toMatchObject({ applied: true, delivered: 4, job: null })
    expect((await titlesOf(zhang)).sort()).toEqual(['1', '2', '3'])
    expect(await titlesOf(li)).toEqual(['for li'])
    expect(
      await rows(
        null,
        'select user_id as u, seq::text, kind, count, cardinality(ids) as named from events order by count',
      ),
    ).toEqual([
      { u: li, seq: '1', kind: 'delivered', count: 1, named: 1 },
      { u: zhang, seq: '1', kind: 'delivered', count: 3, named: 3 },
    ])
    expect(await balance(forms)).toMatchObject({ received: 4, delivered: 3, waiting: 1, difference: 0 })
  })

  test('delivers more than can be named, and nothing that was held for nobody', async () => {
    const zhang = await aUser('zhang')
    await aMessage(forms, 'u-1', { title: 'held' })
    await pool().query('update messages set held = true')
    for (let i = 0; i < 205; i++) await aMessage(forms, 'u-1', { title: `${i}` })
    expect(await send(['zhang,,,u-1,'])).toMatchObject({ delivered: 205 })
    expect(await inboxOf(zhang)).toHaveLength(200)
    expect(await rows(null, 'select count, cardinality(ids) as named from events')).toEqual([
      { count: 205, named: 0 },
    ])
  })

  test('again changes nothing', async () => {
    await aUser('zhang')
    await send(['zhang,,,u-1,zhang'])
    const before = await everything()
    expect(await send(['zhang,,,u-1,zhang'])).toMatchObject({
      applied: true,
      counts: { new: 0, changed: 0, unchanged: 1, error: 0 },
      mappings: { created: 0, unchanged: 2 },
      job: null,
    })
    expect({ ...(await everything()), audit: null }).toEqual({ ...before, audit: null })
  })

  test('again is the same where the vendor writes the sign-in name otherwise', async () => {
    await aUser('zhang')
    await send(['zhang,,,,z.san'])
    await pool().query(
      `update persons set external_id = '-7', login_name = 'zhangsan' where login_name = 'z.san'`,
    )
    expect(await send(['zhang,,,,z.san'])).toMatchObject({ counts: { unchanged: 1, error: 0 } })
    // By hand since then: the earlier import says nothing of this one.
    await pool().query(`update persons set mapped_at = now()`)
    expect(await send(['zhang,,,,z.san'])).toMatchObject({ applied: false, counts: { error: 1 } })
  })

  test('takes up whoever was unmapped before they were looked up', async () => {
    await aUser('zhang')
    await aUser('li')
    await send(['zhang,,,,zhang'])
    await pool().query('update persons set user_id = null')
    await send(['li,,,,zhang'])
    expect(await mapped(oa)).toEqual(['li → zhang?'])
    expect(await rows(null, 'select id from persons')).toHaveLength(1)
  })

  test.each([
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030'), 'gb18030'],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le'), 'utf-16'],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`), 'utf-8'],
  ])('understands %s', async (_, encode, encoding) => {
    const text = '用户名,姓名,表单,部门\nzhang,张三,u-1,销售'
    expect(await importFile(boss, encode(text), '?createUsers=true')).toMatchObject({
      applied: true,
      encoding,
      unknownColumns: ['部门'],
      links: [{ name: '张三' }],
    })
    expect(await mapped(forms)).toEqual(['zhang → u-1'])
  })
})

describe('all or none', () => {
  test('one bad row keeps everything out, and is named by line', async () => {
    await aUser('zhang')
    await aMessage(forms, 'u-1')
    const before = await everything()
    const lines = ['zhang,,,u-1,zhang', 'li,李四,,u-2,li', 'wang,,,u-3,6.67E+18']
    expect(await send(lines, '?createUsers=true')).toMatchObject({
      applied: false,
      counts: { new: 1, changed: 1, unchanged: 0, error: 1 },
      delivered: 0,
      job: null,
      links: [],
      errors: [
        { line: 4, column: 'OA', message: expect.stringMatching(/power of ten/) },
        { line: 4, column: 'name', message: 'A new user needs a name' },
      ],
    })
    expect(await everything()).toEqual(before)
  })

  test('a dry run says exactly what the import then does', async () => {
    await aUser('zhang')
    await aMapping(forms, 'u-9', await aUser('chen'))
    await aMessage(forms, 'u-1')
    const lines = ['zhang,Z,,u-1,zhang', 'li,李四,,u-2,', 'chen,,,u-9,']
    const before = await everything()
    const dry = await send(lines, '?dryRun=true&createUsers=true')
    expect(await everything()).toEqual(before)
    const real = await send(lines, '?createUsers=true')
    expect(dry.applied).toBe(false)
    expect({ ...real, applied: false, job: null, links: [] }).toEqual(dry)
    expect(real.delivered).toBe(1)
  })

  test('nobody is replaced: both are named', async () => {
    await aMapping(forms, 'u-1', await aUser('chen'))
    await aUser('zhang')
    const { applied, errors } = await send(['zhang,,,u-1,', 'chen,,,u-2,'])
    expect(applied).toBe(false)
    expect(errors).toEqual([
      { line: 2, column: '表单', message: 'u-1 is mapped to chen already; replace that by hand' },
      { line: 3, column: '表单', message: 'chen is mapped to u-1 already; replace that by hand' },
    ])
    expect(await mapped(forms)).toEqual(['chen → u-1'])
  })

  test('a taken address is found out, whoever has it', async () => {
    await pool().query(`update users set email = 'boss@example.com' where username = 'boss'`)
    expect(await send(['li,李四,Boss@Example.com,,'], '?createUsers=true')).toMatchObject({
      applied: false,
      errors: [{ line: 2, column: 'email', message: 'Another user has this email address' }],
    })
  })

  test('an archived connection is no column', async () => {
    await pool().query('update connections set archived_at = now() where id = $1', [oa])
    await aUser('zhang')
    expect(await send(['zhang,,,u-1,zhang'])).toMatchObject({ applied: true, unknownColumns: ['OA'] })
  })
})

describe('who and what', () => {
  test('is for administrators, and for CSV files of up to 8 MiB', async () => {
    await givenUser('li')
    const statusOf = async (own: Browser, body: string) => (await sendFile(own, body)).status
    expect(await statusOf(browser(), file())).toBe(401)
    expect(await statusOf(await signedInBrowser('li'), file())).toBe(403)
    expect(await statusOf(boss, 'x'.repeat(8 * 1024 * 1024 + 1))).toBe(413)
    expect(await statusOf(boss, '')).toBe(400)
    expect(await statusOf(boss, 'PK\u0003\u0004')).toBe(400)
    expect((await boss.send(exportRoute, 'GET', '/')).status).toBe(200)
    expect((await (await signedInBrowser('li')).send(exportRoute, 'GET', '/')).status).toBe(403)
  })

  test('the answer is in the reader’s language', async () => {
    const response = await sendFile(boss, file('nobody,,,,'), '', { 'accept-language': 'zh-CN' })
    expect(await response.json()).toMatchObject({ errors: [{ message: '没有这个用户' }] })
  })
})
