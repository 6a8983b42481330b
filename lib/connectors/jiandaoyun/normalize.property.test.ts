import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATEGORIES, TEXT_LIMITS, MAX_FIELDS, type Content } from '@/lib/inbox/message'
import type { PushReading } from '../contract'
import { fixtureBytes, fixtureNames } from './fixtures/read'
import { link } from './link'
import { readPush } from './normalize'
import { FLOW_ACTIONS } from './push/flow-actions'
import { MESSAGE_OPS, OTHER_FAMILY_OPS } from './push/ops'
import { parseBody } from './push/parse-body'

const NOW = new Date('2026-03-02T08:00:00.000Z')
const DEAD = ['not_utf8', 'not_json', 'not_object', 'no_op', 'no_data', 'no_recipients', 'no_task']
const storable = (text: string) => text.isWellFormed() && !text.includes('\0')

function read(body: Uint8Array): PushReading {
  return readPush({ body, headers: {}, query: new URLSearchParams('timestamp=1680750764') }, NOW)
}

/** What the core may rely on, whatever came. */
function check(body: Uint8Array): void {
  const reading = read(body)
  if (reading.op !== null) expect(reading.op.length > 0 && storable(reading.op)).toBe(true)
  if (reading.kind === 'dead') return void expect(DEAD).toContain(reading.reason)
  if (reading.kind === 'other') return void expect(['test', 'other_family']).toContain(reading.reason)

  const parsed = parseBody(body) as { value: { data: { to: unknown[] } } }
  expect(reading.recipients).toHaveLength(parsed.value.data.to.length)
  reading.recipients.forEach((recipient, place) => {
    if ('problem' in recipient) return expect(recipient.problem).toMatch(/^[a-z_]+$/)
    const { username } = parsed.value.data.to[place] as { username: unknown }
    expect(recipient.externalId).toBe(String(username))
    expect(storable(recipient.externalId) && recipient.externalId !== '').toBe(true)
    return expect(recipient.name === null || storable(recipient.name)).toBe(true)
  })
  expect(reading.recipients.some((recipient) => 'externalId' in recipient)).toBe(true)
  checkContent(reading.content)
}

function checkContent(content: Content): void {
  expect(CATEGORIES).toContain(content.category)
  expect(content.title).not.toBe('')
  const texts: [string | null, number][] = [
    [content.type, 100],
    [content.action, 100],
    [content.title, TEXT_LIMITS.title],
    [content.subtitle, TEXT_LIMITS.subtitle],
    [content.text, TEXT_LIMITS.text],
    [content.sender, TEXT_LIMITS.sender],
    [content.link, TEXT_LIMITS.link],
    [content.threadKey, 400],
    [content.folding?.slot ?? null, 500],
    [content.folding?.generation ?? null, 100],
    ...content.fields.flatMap(({ label, value }): [string, number][] => [
      [label, TEXT_LIMITS.label],
      [value, TEXT_LIMITS.value],
    ]),
    ...content.changes.flatMap(({ label, from, to }): [string, number][] => [
      [label, TEXT_LIMITS.label],
      [from, TEXT_LIMITS.value],
      [to, TEXT_LIMITS.value],
    ]),
  ]
  for (const [text, limit] of texts)
    if (text !== null) expect(text.length <= limit && storable(text), text).toBe(true)
  expect(content.fields.length + content.changes.length).toBeLessThanOrEqual(MAX_FIELDS)
  expect(Number.isFinite(content.sentAt.getTime())).toBe(true)
  expect(content.count === null || Number.isSafeInteger(content.count)).toBe(true)
  expect(() => link.has(content)).not.toThrow()
}

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const junk = fc.jsonValue({ maxDepth: 3 })
const orJunk = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 5, arbitrary },
    { weight: 1, arbitrary: junk },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[a-z\u4e00-\u4e2f :：→\n[\]「」由转交加签给您有条0-9.]{0,60}$/),
  fc.constantFrom(...[...FLOW_ACTIONS.values()].map((action) => action.text)),
)
const id = fc
  .oneof(fc.stringMatching(/^[0-9a-f]{1,24}$/), fc.string({ unit: 'binary', maxLength: 8 }))
  .map(encodeURIComponentSafely)
const url = fc.oneof(
  fc.webUrl(),
  text,
  fc
    .tuple(id, id, id, id)
    .map(
      ([app, form, record, flow]) =>
        `https://h.example/dashboard/app/${app}/form/${form}/data/${record}?flowId=${flow}`,
    ),
  fc
    .tuple(id, id, id, id)
    .map(
      ([app, form, record, task]) =>
        `https://h.example/message/redirect?appId=${app}&formId=${form}&dataId=${record}&taskId=${task}`,
    ),
)
const push = fc.record({
  op: orJunk(
    fc.oneof(
      fc.constantFrom(...MESSAGE_OPS.keys(), ...OTHER_FAMILY_OPS, 'data_test', 'workflow_task', '__proto__'),
      text,
    ),
  ),
  data: orJunk(
    fc.record({
      to: orJunk(
        fc.array(orJunk(fc.record({ username: orJunk(text), name: orJunk(text) })), { maxLength: 6 }),
      ),
      flow_action: orJunk(fc.oneof(fc.constantFrom(...FLOW_ACTIONS.keys(), 'constructor'), text)),
      entry_name: orJunk(text),
      notify_text: orJunk(text),
      content: orJunk(text),
      url: orJunk(url),
    }),
  ),
  send_time: orJunk(
    fc.oneof(
      text,
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    ),
  ),
  opTime: fc.option(junk, { nil: undefined, freq: 5 }),
})

function encodeURIComponentSafely(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}

// Thousands of cases take their time on a busy machine.
describe('readPush never throws and keeps its word', { timeout: 60_000 }, () => {
  it('for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 2_000 })
  })

  it('for any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (json) => check(new TextEncoder().encode(json))),
      { numRuns: 2_000 },
    )
  })

  it('for anything like a push', () => {
    const kinds = { message: 0, dead: 0, other: 0 }
    fc.assert(
      fc.property(push, (value) => {
        kinds[read(encode(value)).kind]++
        check(encode(value))
      }),
      { numRuns: 5_000 },
    )
    // Else the property would say nothing about messages.
    expect(Math.min(...Object.values(kinds))).toBeGreaterThan(100)
  })

  it("for the page's samples with bytes changed or cut off", () => {
    const samples = fixtureNames('wire').map((name) => fixtureBytes(`wire/${name}`))
    const broken = fc
      .tuple(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 3 }),
        fc.nat(2_000),
      )
      .map(([sample, changes, end]) => {
        const bytes = Uint8Array.from(sample).slice(0, end < 1_000 ? end : undefined)
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
        return bytes
      })
    fc.assert(fc.property(broken, check), { numRuns: 3_000 })
  })
})
