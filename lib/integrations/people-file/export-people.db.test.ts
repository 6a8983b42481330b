import fc from 'fast-check'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { GET as exportRoute } from '@/app/api/v1/admin/mappings/export/route'
import { normalizeUsername } from '@/lib/auth/username'
import { execute, pool } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import type { Browser } from '@/lib/testing/browser'
import { aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aForms, anOa, importFile } from '@/lib/testing/people-file'
import { givenUser, signedInBrowser } from '@/lib/testing/users'

useDatabase()

let boss: Browser
beforeAll(async () => {
  await givenUser('boss', 'admin')
  boss = await signedInBrowser('boss')
})
beforeEach(async () => {
  await pool().query('truncate persons, connections cascade')
  await pool().query(`delete from users where username <> 'boss'`)
})

async function download(): Promise<{ text: string; headers: Headers }> {
  const response = await boss.send(exportRoute, 'GET', '/api/v1/admin/mappings/export')
  expect(response.status).toBe(200)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
  return { text, headers: response.headers }
}

/** A person of a polled connection, mapped to the user. */
const aMember = (connection: string, user: string, member: { id: string | null; loginName: string | null }) =>
  execute(
    null,
    `insert into persons (connection_id, user_id, external_id, login_name, mapped_at)
     values ($1::uuid, $2::uuid, $3, $4, now())`,
    connection,
    user,
    member.id,
    member.loginName,
  )

test('has everybody and their persons, as a spreadsheet opens it', async () => {
  const [forms, oa] = [await aForms('表单'), await anOa('OA')]
  const gone = await aForms('archived')
  await pool().query('update connections set archived_at = now() where id = $1', [gone])
  await aMapping(forms, 'u-1', await aUser('chen'))
  const [zhang, wang, zhao] = [await aUser('zhang'), await aUser('wang'), await aUser('zhao')]
  await pool().query(`update users set name = '=cmd|calc', email = 'z@example.com' where id = $1`, [zhang])
  await aMember(oa, zhang, { id: '-667', loginName: 'zhang, san' })
  await aMember(oa, wang, { id: '-668', loginName: null })
  await aMember(oa, zhao, { id: null, loginName: 'zhao' })
  await aMapping(gone, 'x', zhao)
  const { text, headers } = await download()
  expect(text).toBe(
    [
      '\ufeffusername,name,email,表单,OA',
      'boss,boss,,,',
      'chen,chen,,u-1,',
      'wang,wang,,,id:-668',
      `zhang,"'=cmd|calc",z@example.com,,"zhang, san"`,
      'zhao,zhao,,,zhao',
      '',
    ].join('\r\n'),
  )
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const today = new Date().toLocaleDateString('en-CA', { timeZone: environment().timeZone })
  expect(headers.get('content-disposition')).toBe(`attachment; filename="huixin-mappings-${today}.csv"`)
})

/** Names with what is special in tables, in formulas and in our own cells. */
const part = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    "'",
    '"',
    ',',
    ';',
    'id:',
    'ID：',
    '6.67E+18',
    '="0"',
    ' ',
    '＝',
    '张三',
    '😀',
    'İ',
    '邮箱',
  ),
)
const usable = (text: string, most: number) =>
  text.trim() === text && text !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) && [...text].length <= most
const name = fc
  .array(part, { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('').trim())
  .filter((text) => usable(text, 60))
/** Vendors may send anything but NUL. */
const word = fc
  .array(fc.oneof(part, fc.constantFrom('\n', '\r\n', '\t', '\r')), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('').replaceAll('\0', ''))
  .filter((text) => text !== '')
const id = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(String)
const person = fc.record({
  username: name,
  name,
  ofForms: fc.option(word),
  loginName: fc.option(word),
  id: fc.option(id),
})
type Person = {
  username: string
  name: string
  ofForms: string | null
  loginName: string | null
  id: string | null
}
/** No two have the same username, nor the same id in a connection. */
const people = fc.array(person, { minLength: 1, maxLength: 6 }).map((all) => {
  const first = (keyOf: (one: Person) => string | null, one: Person) =>
    all.find((other) => keyOf(other) === keyOf(one)) === one
  return all
    .filter(
      (one) =>
        normalizeUsername(one.username) !== 'boss' &&
        first((other) => normalizeUsername(other.username), one),
    )
    .map((one) => ({
      ...one,
      ofForms: first((other) => other.ofForms, one) ? one.ofForms : null,
      id: first((other) => other.id, one) ? one.id : null,
    }))
})
const connections = fc.uniqueArray(name, { minLength: 2, maxLength: 2 })

/** Writes them down; gives how many mappings a file can tell of. */
async function settle(forms: string, oa: string, all: Person[]): Promise<number> {
  let tellable = 0
  for (const { username, name: called, ofForms, loginName, id: memberId } of all) {
    const user = await aUser(normalizeUsername(username))
    const shown = 'update users set display_username = $2, name = $3 where id = $1::uuid'
    await execute(null, shown, user, username, called)
    if (ofForms !== null) await aMapping(forms, ofForms, user)
    if (memberId !== null || loginName !== null) await aMember(oa, user, { id: memberId, loginName })
    // A sign-in name that looks like an id cannot be told where there is no id; its cell stays empty.
    const sayable = memberId !== null || (loginName !== null && !/^\s*id[:：]/i.test(loginName))
    tellable += Number(ofForms !== null) + Number(sayable)
  }
  return tellable
}

test('is taken back without a change, whatever people and connections are called', async () => {
  await fc.assert(
    fc.asyncProperty(connections, people, async (names, all) => {
      await pool().query('truncate persons, connections cascade')
      await pool().query(`delete from users where username <> 'boss'`)
      const [forms, oa] = [await aForms(names[0]), await anOa(names[1])]
      const mappings = await settle(forms, oa, all)
      const { text } = await download()
      expect(await importFile(boss, text)).toMatchObject({
        applied: true,
        errors: [],
        unknownColumns: [],
        counts: { new: 0, changed: 0, unchanged: all.length + 1, error: 0 },
        mappings: { created: 0, unchanged: mappings },
        rows: expect.not.arrayContaining([expect.objectContaining({ notes: [expect.anything()] })]),
      })
      expect((await download()).text).toBe(text)
    }),
    { numRuns: 50 },
  )
}, 120_000)

test('of ten thousand users is quick', async () => {
  const [forms, oa] = [await aForms('Forms'), await anOa('OA')]
  await pool().query(
    `insert into users (name, email, username, display_username)
     select 'Name ' || i, i || '@example.com', 'user' || i, 'user' || i from generate_series(1, 10000) i`,
  )
  await pool().query(
    `insert into persons (connection_id, external_id, login_name, user_id)
     select k, id::text || k, 'name' || id, id from users, unnest($1::uuid[]) k where username <> 'boss'`,
    [[forms, oa]],
  )
  const begun = performance.now()
  const { text } = await download()
  const milliseconds = Math.round(performance.now() - begun)
  process.stdout.write(
    `export of 10,000 users × 2 connections: ${milliseconds} ms, ${Math.round(text.length / 1024)} KiB\n`,
  )
  expect(text.trimEnd().split('\r\n')).toHaveLength(10_002)
  expect(milliseconds).toBeLessThan(5_000)
})
