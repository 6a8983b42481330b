import { createHmac } from 'node:crypto'
import { createRandom } from '../random'
import type { PreparedPush, Sender } from './sender'
import { signPush } from './signature'

/** A push that is not an ordinary one, and the status that the receiver's contract gives it. */
export interface AwkwardPush {
  name: string
  expected: number
  push: PreparedPush
}

/** The same delivery several times: same id, same bytes, as a retry after a lost answer. */
export function sameDelivery(sender: Sender, body: unknown, copies: number): PreparedPush[] {
  const push = sender.prepare(body)
  return Array.from({ length: copies }, () => push)
}

/** The same body under other delivery ids, as a replayer does: the id is outside of the signature. */
export function sameBody(sender: Sender, body: unknown, copies: number): PreparedPush[] {
  return Array.from({ length: copies }, () => sender.prepare(body))
}

/** One order out of many; the same seed gives the same. */
export function shuffled<T>(pushes: readonly T[], seed: number): T[] {
  return createRandom(seed).shuffle(pushes)
}

const NONCE = '0f5ade'
const TIMESTAMP = '1498586609'

/** Signatures that must not pass: missing, of another secret, of other bytes, of another formula. */
export function wrongSignatures(sender: Sender, body: string, secret: string): AwkwardPush[] {
  const right = signPush(NONCE, body, secret, TIMESTAMP)
  const hmac = createHmac('sha1', secret).update(`${NONCE}:${body}:${TIMESTAMP}`).digest('hex')
  const flipped = right.slice(0, -1) + (right.endsWith('0') ? '1' : '0')
  const signatures: [string, string | null][] = [
    ['no signature', null],
    ['an empty signature', ''],
    ['another secret', signPush(NONCE, body, `${secret}x`, TIMESTAMP)],
    ['an empty secret', signPush(NONCE, body, '', TIMESTAMP)],
    ['other bytes', signPush(NONCE, `${body} `, secret, TIMESTAMP)],
    ['another nonce', signPush('0f5adf', body, secret, TIMESTAMP)],
    ['another timestamp', signPush(NONCE, body, secret, '1498586610')],
    ['one digit off', flipped],
    ['cut short', right.slice(0, 39)],
    ['too long', `${right}0`],
    ['not hex', 'z'.repeat(40)],
    ['an HMAC', hmac],
  ]
  return signatures.map(([name, signature]) => ({
    name,
    expected: 401,
    push: sender.prepare(body, { nonce: NONCE, timestamp: TIMESTAMP, signature }),
  }))
}

/** Nonces and timestamps out of shape, each signed rightly: only their form can be refused. */
export function malformedParameters(sender: Sender, body: unknown): AwkwardPush[] {
  const nonces: (string | null)[] = [null, '', 'a:b', 'a b', 'a'.repeat(65), '汇信', '../x', "a'b"]
  const timestamps: (string | null)[] = [
    null,
    '',
    'abc',
    '169999999',
    '17000000000000',
    '-1700000000',
    '1700000000.5',
  ]
  return [
    ...nonces.map((nonce) => ({
      name: `nonce ${nonce ?? 'missing'}`,
      push: sender.prepare(body, { nonce }),
    })),
    ...timestamps.map((timestamp) => ({
      name: `timestamp ${timestamp ?? 'missing'}`,
      push: sender.prepare(body, { timestamp }),
    })),
  ].map((one) => ({ ...one, expected: 401 }))
}

/** Variants that are in order: the optional prefix, capitals, an old time, a time in milliseconds. */
export function unusualButRight(sender: Sender, body: string, secret: string): AwkwardPush[] {
  const capital = signPush(NONCE, body, secret, TIMESTAMP).toUpperCase()
  return [
    { name: 'prefix sha1=', push: sender.prepare(body, { prefix: 'sha1=' }) },
    {
      name: 'capitals',
      push: sender.prepare(body, { nonce: NONCE, timestamp: TIMESTAMP, signature: capital }),
    },
    { name: 'nine years old', push: sender.prepare(body, { timestamp: TIMESTAMP }) },
    { name: 'time in milliseconds', push: sender.prepare(body, { timestamp: '1700000000000' }) },
    { name: 'no delivery id', push: sender.prepare(body, { deliverId: null }) },
    { name: 'charset', push: sender.prepare(body, { contentType: 'application/json; charset=utf-8' }) },
  ].map((one) => ({ ...one, expected: 200 }))
}

/** Signed rightly, understood by nobody: kept, answered 200, never shown. */
export function notUnderstood(sender: Sender): AwkwardPush[] {
  const bodies: [string, string | Buffer][] = [
    ['empty body', ''],
    ['no JSON', 'hello'],
    ['cut JSON', '{"op":"flow_message","data":{'],
    ['null', 'null'],
    ['array', '[]'],
    ['text', '"flow_message"'],
    ['number', '42'],
    ['no op', '{"data":{}}'],
    [
      'to is no list',
      '{"op":"flow_message","data":{"to":"zhangsan"},"send_time":"2023-04-06T03:12:44.991Z"}',
    ],
    ['to is empty', '{"op":"flow_message","data":{"to":[]},"send_time":"2023-04-06T03:12:44.991Z"}'],
    ['no data', '{"op":"flow_message","send_time":"2023-04-06T03:12:44.991Z"}'],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['deep', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['prototype', '{"op":"flow_message","__proto__":{"to":1},"data":{"constructor":1}}'],
  ]
  return bodies.map(([name, body]) => ({ name, expected: 200, push: sender.prepare(body) }))
}

/** What the transport refuses: too big, not JSON. */
export function refusedByTransport(sender: Sender): AwkwardPush[] {
  const big = JSON.stringify({ op: 'data_create_message', data: { content: 'x'.repeat(1_100_000) } })
  return [
    { name: 'over 1 MiB', expected: 413, push: sender.prepare(big) },
    {
      name: 'a form',
      expected: 415,
      push: sender.prepare('{}', { contentType: 'application/x-www-form-urlencoded' }),
    },
    { name: 'text', expected: 415, push: sender.prepare('{}', { contentType: 'text/plain' }) },
  ]
}

/** 服务器连接测试, once the secret is known. Only the op's name is on record, so the rest is bare. */
export function connectionTest(sender: Sender): PreparedPush {
  return sender.prepare({ op: 'data_test', data: {} })
}

/** What may arrive during set-up, before a secret exists: unsigned, with or without parameters. */
export function setUpPosts(sender: Sender): PreparedPush[] {
  return [
    sender.prepare({ op: 'data_test', data: {} }, { signature: null }),
    sender.prepare('{}', { signature: null, nonce: null, timestamp: null, deliverId: null }),
    sender.prepare('', { signature: null, nonce: null, timestamp: null, deliverId: null, contentType: null }),
  ]
}

/** Pushes of the other families on the same address: 数据推送 and 表单推送. */
export function otherFamilies(sender: Sender, now: number): PreparedPush[] {
  const record = {
    _id: '642e3855dd27960007cf9514',
    appId: '642e37f2374e1b0007f537b2',
    entryId: '642e37f5fe736900073a99e5',
    formName: '请假审批',
    creator: { username: 'xiaoyun', name: '小云' },
    _widget_1680750581112: '病假',
  }
  const bodies = [
    ...['data_create', 'data_update', 'data_recover'].map((op) => ({ op, data: record, opTime: now })),
    {
      op: 'data_remove',
      data: { _id: record._id, appId: record.appId, entryId: record.entryId },
      opTime: now,
    },
    {
      op: 'form_update',
      data: { appId: record.appId, entryId: record.entryId, name: '请假审批' },
      opTime: now,
    },
  ]
  return bodies.map((body) => sender.prepare(body))
}

/** Ops and flow actions that no page names, with a receiver: they must become plain messages. */
export function unknownKinds(sender: Sender, username: string, now: number): PreparedPush[] {
  const data = {
    to: [{ username, name: username }],
    entry_name: '请假审批',
    notify_text: '流程已撤回',
    url: '',
  }
  const send_time = new Date(now).toISOString()
  return [
    sender.prepare({ data: { ...data, flow_action: 'flow_revoke' }, op: 'flow_message', send_time }),
    sender.prepare({ data: { ...data, notify_text: '评论提到了您' }, op: 'comment_message', send_time }),
  ]
}
