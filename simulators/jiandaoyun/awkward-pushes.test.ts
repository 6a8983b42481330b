import { describe, expect, it } from 'vitest'
import {
  connectionTest,
  createSender,
  malformedParameters,
  notUnderstood,
  otherFamilies,
  setUpPosts,
  shuffled,
  signPush,
  unknownKinds,
  unusualButRight,
  wrongSignatures,
  type PreparedPush,
} from '.'

const SECRET = 'test-secret'
const BODY = '{"op":"flow_message"}'
const sender = createSender({ webhookUrl: 'http://x.local/', secret: SECRET })

/** Whether the signature is right for the bytes and the parameters as they stand in the address. */
function isSigned(push: PreparedPush): boolean {
  const { searchParams } = new URL(push.url)
  const right = signPush(
    searchParams.get('nonce') ?? '',
    push.body,
    SECRET,
    searchParams.get('timestamp') ?? '',
  )
  return push.headers['x-jdy-signature']?.toLowerCase().replace(/^sha1=/, '') === right
}

describe('awkward pushes', () => {
  it('are wrong only in what they are named for', () => {
    const wrong = wrongSignatures(sender, BODY, SECRET)
    expect(wrong.map(({ push }) => isSigned(push))).toEqual(wrong.map(() => false))
    const malformed = malformedParameters(sender, BODY)
    expect(malformed.map(({ push }) => isSigned(push))).toEqual(malformed.map(() => true))
    const right = [...unusualButRight(sender, BODY, SECRET), ...notUnderstood(sender)]
    expect(right.map(({ push }) => isSigned(push))).toEqual(right.map(() => true))
    expect(new Set([...wrong, ...malformed, ...right].map(({ name }) => name)).size).toBe(
      wrong.length + malformed.length + right.length,
    )
  })

  it('keep bytes that are no UTF-8', () => {
    const broken = notUnderstood(sender).find(({ name }) => name === 'broken UTF-8')
    expect([...(broken?.push.body ?? [])]).toEqual([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
  })

  it('know the connection test with and without a secret', () => {
    expect(connectionTest(sender).body.toString()).toBe('{"op":"data_test","data":{}}')
    expect(isSigned(connectionTest(sender))).toBe(true)
    for (const push of setUpPosts(sender)) expect(push.headers).not.toHaveProperty('x-jdy-signature')
  })

  it('know the other families, which carry opTime and no send_time', () => {
    const bodies = otherFamilies(sender, 1_700_000_000_000).map(
      ({ body }) => JSON.parse(body.toString()) as object,
    )
    expect(bodies.map((body) => (body as { op: string }).op)).toEqual([
      'data_create',
      'data_update',
      'data_recover',
      'data_remove',
      'form_update',
    ])
    for (const body of bodies) {
      expect(body).toMatchObject({ opTime: 1_700_000_000_000 })
      expect(body).not.toHaveProperty('send_time')
    }
    expect(unknownKinds(sender, 'zhangsan', 0).every(isSigned)).toBe(true)
  })

  it('come in an order that the seed decides', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8]
    expect(shuffled(list, 5)).toEqual(shuffled(list, 5))
    expect(shuffled(list, 5)).not.toEqual(list)
    expect(shuffled(list, 5).sort()).toEqual(list)
  })
})
