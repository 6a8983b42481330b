import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { getMessage, listMessages } from '@/lib/inbox/list/list-messages'
import { aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aCompany, aPush, build, post, type Company } from '@/lib/testing/pushes'

useDatabase()

let company: Company
let user: string
beforeAll(async () => {
  company = await aCompany()
  user = await aUser()
  await aMapping(company.connection, 'xiaoyun', user)
})

const TO = [{ username: 'xiaoyun', name: '小云' }]
/** Letters that do not repeat: what an index cannot shorten. */
const noise = (length: number) => {
  let text = ''
  let state = 12345
  while (text.length < length) {
    state = (state * 1103515245 + 12345) % 2147483648
    text += String.fromCharCode(0x4e00 + (state % 20000))
  }
  return text
}
const strange = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', 'a\0b', '\ud800', '\udfff x', '\u202e', '', ' ', '\\u0000', '9'.repeat(400)),
  fc.integer({ min: 1000, max: 9000 }).map(noise),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
)
const address = fc.oneof(
  strange,
  fc
    .record({ app: fc.string(), form: fc.string(), data: fc.string(), task: fc.string(), flow: fc.nat() })
    .map(({ app, form, data, task, flow }) => {
      const query = new URLSearchParams({ dataId: data, taskId: task, flowId: `${flow}` })
      return `https://www.jiandaoyun.com/dashboard/app/${app}/form/${form}/data/${data}?${query.toString()}`
    }),
  fc
    .integer({ min: 500, max: 3000 })
    .map((length) => `https://www.jiandaoyun.com/dashboard#/app/${'a'.repeat(24)}/form/${noise(length)}`),
  fc.constantFrom('javascript:alert(1)', 'https://', 'http://a@b', '//x', 'https://www.jiandaoyun.com'),
)

const body = fc.record(
  {
    op: fc.oneof(strange, fc.constantFrom('flow_message', 'data_create_message', 'data_update_message')),
    send_time: fc.oneof(
      strange,
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom('0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', 1e20, -1, '2023-02-31T00:00:00Z'),
    ),
    data: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record(
          {
            to: fc.oneof(
              fc.constant(TO),
              fc.array(fc.record({ username: strange, name: strange }, { requiredKeys: [] }), {
                maxLength: 4,
              }),
              strange,
            ),
            flow_action: fc.oneof(
              strange,
              fc.constantFrom('flow_forward', 'flow_urge', 'flow_batch_forward'),
            ),
            entry_name: strange,
            notify_text: fc.oneof(
              strange,
              fc.constantFrom('有[99999999999]条新的流程待办事项', '由「」转交'),
            ),
            content: strange,
            url: address,
          },
          { requiredKeys: [] },
        ),
      },
      { weight: 1, arbitrary: strange },
    ),
  },
  { requiredKeys: [] },
)

describe('whatever a signed push holds', () => {
  it('it is answered 200, adds up, and what it makes can be listed and opened', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const response = await post(company.sender.prepare(JSON.stringify(value)))
        expect(response.status).toBe(200)
        expect((await balance(company.connection)).difference).toBe(0)
        const { items } = await listMessages(user, { view: 'all' }, { limit: 3 })
        for (const { id } of items) await getMessage(user, id)
      }),
      { numRuns: 60 },
    )
  })

  it('raw bytes that are no JSON, or much too deep, included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await post(company.sender.prepare(Buffer.from(bytes)))).status).toBe(200)
      }),
      { numRuns: 40 },
    )
    const deep = `{"op":"flow_message","data":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`
    expect((await post(company.sender.prepare(deep))).status).toBe(200)
    expect((await balance(company.connection)).difference).toBe(0)
  })

  it.each(['dataId', 'taskId', 'appId', 'formId'] as const)('a %s of any length', async (name) => {
    for (const id of [noise(900), noise(3000), 'x'.repeat(3900)]) {
      const push = build.flow('flow_forward', { to: TO, [name]: id })
      expect((await post(company.sender.prepare(push))).status).toBe(200)
    }
    expect((await balance(company.connection)).difference).toBe(0)
  })

  it('headers and query of any length', async () => {
    const push = company.sender.prepare(aPush(['xiaoyun']))
    const more = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`a-${i}`, 'x'.repeat(2000)]))
    const headers = { ...push.headers, ...more, 'x-jdy-deliverid': '\u00e9'.repeat(199) }
    expect((await post({ ...push, headers, url: `${push.url}&more=${'y'.repeat(6000)}%00%ff` })).status).toBe(
      200,
    )
  })

  it('many receivers with names of any length', async () => {
    const to = Array.from({ length: 80 }, (_, i) => ({ username: `${noise(190)}${i}`, name: noise(900) }))
    const response = await post(company.sender.prepare(build.message('data_create_message', { to })))
    expect(response.status).toBe(200)
    expect((await balance(company.connection)).difference).toBe(0)
  })
})
