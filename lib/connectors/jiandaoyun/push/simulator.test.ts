import { describe, expect, it } from 'vitest'
import {
  connectionTest,
  createPushBuilders,
  createSender,
  FLOW_ACTIONS,
  malformedParameters,
  MESSAGE_OPS,
  notUnderstood,
  otherFamilies,
  unknownKinds,
  unusualButRight,
  wrongSignatures,
  type PreparedPush,
} from '@/simulators/jiandaoyun'
import type { PushReading, RawPush } from '../../contract'
import { readPush } from '../normalize'
import { settings } from '../settings'
import { authenticate } from '../signature'

/** The simulator was written from the vendor's page by itself: what it sends must be understood here. */
const NOW = new Date('2026-03-02T08:00:00.000Z')
const SECRET = 's3cret'
const now = () => NOW.getTime()
const sender = createSender({ webhookUrl: 'http://127.0.0.1/api/webhooks/c', secret: SECRET, now })
const builders = createPushBuilders({ now })
const BODY = JSON.stringify(builders.flow('flow_forward'))

function raw({ url, headers, body }: PreparedPush): RawPush {
  return { body, headers, query: new URL(url).searchParams }
}
const verdict = (push: PreparedPush) => authenticate(raw(push), settings.parse({ secret: SECRET }), NOW)

function readSigned(body: unknown): PushReading {
  const push = sender.prepare(body)
  expect(verdict(push).ok).toBe(true)
  return readPush(raw(push), NOW)
}
function content(body: unknown) {
  const reading = readSigned(body)
  if (reading.kind !== 'message') throw new Error(JSON.stringify(reading))
  return reading.content
}

describe('the simulated signature', () => {
  it.each(wrongSignatures(sender, BODY, SECRET))('with $name is refused', ({ name, push }) => {
    const missing = name === 'no signature' || name === 'an empty signature'
    expect(verdict(push)).toEqual({ ok: false, reason: missing ? 'signature_missing' : 'signature_wrong' })
  })

  it.each(malformedParameters(sender, BODY))('with $name is refused', ({ name, push }) => {
    const reason = name.startsWith('nonce') ? 'nonce_malformed' : 'timestamp_malformed'
    expect(verdict(push)).toEqual({ ok: false, reason })
  })

  it.each(unusualButRight(sender, BODY, SECRET))('with $name is taken', ({ push }) => {
    expect(verdict(push).ok).toBe(true)
  })
})

describe('the simulated push', () => {
  it.each(FLOW_ACTIONS)('%s is the same in both engines', (action) => {
    const ids = { appId: 'a1', formId: 'f1', dataId: 'd1', flowId: 3, taskId: 't1', count: 2 }
    const older = content(builders.flow(action, { ...ids, engine: 'old' }))
    const newer = content(builders.flow(action, { ...ids, paramOrder: 'article' }))
    const { link, folding, ...rest } = newer
    expect(older).toMatchObject(rest)
    expect(older.folding).toEqual(folding && { ...folding, generation: null })
    expect(folding === null || folding.generation === 't1').toBe(true)
    expect(link).toContain('jiandaoyun.com')
    expect(newer.threadKey).toBe(action.startsWith('flow_batch_') ? null : 'a1|f1|d1')
  })

  it('tells one round of a to-do from the next', () => {
    const ids = { appId: 'a', formId: 'f', dataId: 'd' }
    const [first, second] = [1, 2].map(() => content(builders.flow('flow_forward', ids)).folding)
    expect(first!.slot).toBe(second!.slot)
    expect(first!.generation).not.toBe(second!.generation)
  })

  it.each(MESSAGE_OPS.filter((op) => op !== 'flow_message'))('%s is a message', (op) => {
    expect(content(builders.message(op))).toMatchObject({ type: op, subtitle: '请假审批', folding: null })
  })

  it.each(notUnderstood(sender))('of $name is a dead letter', ({ push }) => {
    expect(verdict(push).ok).toBe(true)
    expect(readPush(raw(push), NOW).kind).toBe('dead')
  })

  it('of another family or a test is neither', () => {
    const reasons = [...otherFamilies(sender, now()), connectionTest(sender)].map((push) => {
      const reading = readPush(raw(push), NOW)
      return reading.kind === 'other' ? reading.reason : reading.kind
    })
    expect(reasons).toEqual([...Array.from({ length: 5 }, () => 'other_family'), 'test'])
  })

  it('of a kind that is not known is a notice', () => {
    for (const push of unknownKinds(sender, 'xiaoyun', now())) {
      const reading = readPush(raw(push), NOW)
      expect(reading).toMatchObject({ kind: 'message', content: { category: 'notice', folding: null } })
    }
  })
})
