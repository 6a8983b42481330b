import { createRandom, type Random } from '../random'
import { createPushBuilders, type PushBuilders } from './push-builders'
import type { PreparedPush, PushOptions, Sender } from './sender'

/** A push in a shape that no vendor sends, and the status that the receiver's contract gives it. */
export interface BrokenPush {
  expected: 200 | 401 | 413 | 415
  push: PreparedPush
}

/** No clock: the same seed is to give the same. */
const SENT_AT = Date.UTC(2026, 10, 21)

/**
 * `count` pushes in broken shapes, for finding what makes a receiver stumble: the same seed gives the same, one after
 * the other. Some two in five are signed rightly; these must be answered 200, whatever is in them.
 */
export function* brokenPushes(
  sender: Sender,
  { count, seed = 1 }: { count: number; seed?: number },
): Generator<BrokenPush> {
  const random = createRandom(seed)
  const build = createPushBuilders({ random, now: () => SENT_AT })
  for (let made = 0; made < count; made++) {
    const body = brokenBody(random, build)
    const around = { deliverId: deliverId(random) }
    if (made % 2_000 === 1_999) {
      yield { expected: 413, push: sender.prepare(Buffer.alloc(1024 * 1024 + 1, '['), around) }
    } else if (random.chance(0.4)) {
      yield { expected: 200, push: sender.prepare(body, { ...around, ...oddButRight(random) }) }
    } else if (random.chance(0.1)) {
      const contentType = random.pick([
        'text/plain',
        'application/xml',
        'multipart/form-data',
        'json',
        'a/b; c=d',
      ])
      yield { expected: 415, push: sender.prepare(body, { ...around, contentType }) }
    } else {
      yield { expected: 401, push: sender.prepare(body, { ...around, ...unproven(random) }) }
    }
  }
}

// ── Around the body ─────────────────────────────────────────────────────────────────────────────────────────────

/** Headers take visible ASCII only; ids come again, which makes copies. */
function deliverId(random: Random): string | null {
  return random.pick([
    null,
    '',
    String(random.int(1, 500)),
    random.uuid(),
    random.uuid(),
    'x'.repeat(random.int(1, 4_000)),
    "' or 1=1 --",
    '../../etc/passwd',
    '%00%0a',
  ])
}

/** In order, though nobody sends it so. */
function oddButRight(random: Random): PushOptions {
  return random.pick<PushOptions>([
    {},
    {},
    { prefix: 'sha1=' },
    { timestamp: '0000000001' },
    { timestamp: '9999999999' },
    { timestamp: '9999999999999' },
    { nonce: 'a' },
    { nonce: 'z'.repeat(64) },
    { contentType: 'application/json; charset=gb2312' },
    { contentType: 'APPLICATION/JSON' },
  ])
}

/** Unsigned, signed by half, or with a query that cannot be. */
function unproven(random: Random): PushOptions {
  return random.pick<PushOptions>([
    { signature: null },
    { signature: null, nonce: null, timestamp: null },
    { signature: '' },
    { signature: random.hex(40) },
    { signature: random.hex(random.int(1, 39)) },
    { signature: 'g'.repeat(40) },
    { signature: 'a'.repeat(random.int(41, 6_000)) },
    { secret: 'another' },
    { nonce: null },
    { timestamp: null },
    { nonce: '' },
    { nonce: 'n'.repeat(random.int(65, 6_000)) },
    { nonce: '\u0000' },
    { nonce: '\ud800' },
    { timestamp: '1'.repeat(random.int(14, 6_000)) },
    { timestamp: '1e9' },
    { timestamp: '-1' },
    { timestamp: '१२३४५६७८९०' },
  ])
}

// ── The body ────────────────────────────────────────────────────────────────────────────────────────────────────

function brokenBody(random: Random, build: PushBuilders): Buffer {
  const right = build.flow(random.chance(0.5) ? 'flow_forward' : 'flow_urge')
  const way = random.next()
  if (way < 0.7) return Buffer.from(JSON.stringify(mutated(random, right)))
  if (way < 0.85) return Buffer.from(brokenText(random, JSON.stringify(right)))
  return brokenBytes(random, JSON.stringify(right))
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Some of its values replaced, left out or added, at any depth. */
function mutated(random: Random, value: unknown): Json {
  let copy = structuredClone(value) as Json
  for (let times = random.int(1, 4); times > 0; times--) {
    const places = placesIn(copy)
    const place = places.length > 0 && !random.chance(0.02) ? random.pick(places) : null
    if (place === null) copy = strange(random)
    else if (random.chance(0.15)) delete place.holder[place.key]
    else if (random.chance(0.1)) place.holder[random.pick(KEYS)] = strange(random)
    else place.holder[place.key] = strange(random)
  }
  return copy
}

const KEYS = ['__proto__', 'constructor', 'toString', 'op', 'data', 'to', 'username', '', 'a.b', '0', '汇信']

type Place = { holder: Record<string, Json>; key: string }

function placesIn(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, Json>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key]!)])
}

function strange(random: Random): Json {
  return random.pick(STRANGE)(random)
}

const STRANGE: ((random: Random) => Json)[] = [
  () => null,
  (random) => random.chance(0.5),
  () => 0,
  () => -1,
  () => Number.MAX_SAFE_INTEGER,
  () => 1.5e300,
  () => '',
  () => ' ',
  () => '\u0000',
  (random) => `a\u0000${random.hex(4)}`,
  () => '\ud800',
  () => '\udc00 alone',
  () => '\u202eright to left',
  () => '\ufeff',
  () => '😀'.repeat(50),
  () => '<script>alert(1)</script>',
  () => 'javascript:alert(1)',
  () => 'http://[::1',
  () => 'https://www.jiandaoyun.com/' + 'a/'.repeat(500),
  () => "'; drop table messages; --",
  () => '275760-09-13T00:00:00.001Z',
  () => '0000-00-00T00:00:00.000Z',
  () => '-271821-04-19T23:59:59.999Z',
  () => '2023-02-30T25:61:61Z',
  () => String(SENT_AT),
  (random) => 'x'.repeat(random.int(1, 3_000)),
  (random) => '汇'.repeat(random.chance(0.02) ? 100_000 : random.int(1, 1_000)),
  () => [],
  () => ({}),
  () => [null],
  () => [[[]]],
  (random) => Array.from({ length: random.int(1, 60) }, () => ({ username: 'xiaoyun', name: '小云' })),
  (random) => Array.from({ length: random.int(1, 8) }, (_, n) => ({ username: `u${n}`, name: n })),
  (random) => [{ username: strange(random), name: strange(random) }, strange(random)],
  (random) => ({ username: random.hex(random.int(0, 300)) }),
  () => ({ $gt: '' }),
  (random) => nested(random.int(1, 300)),
]

function nested(depth: number): Json {
  let value: Json = 'deep'
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value }
  return value
}

/** Text that is nearly JSON, and JSON that is nearly right. */
function brokenText(random: Random, right: string): string {
  const deep = random.int(100, 20_000)
  return random.pick<() => string>([
    () => '',
    () => right.slice(0, random.int(1, right.length - 1)),
    () => right.slice(random.int(1, right.length - 1)),
    () => `${right}${right}`,
    () => `${right},`,
    () => `\ufeff${right}`,
    () => `// comment\n${right}`,
    () => right.replaceAll('"', "'"),
    () => right.replace('"op"', '"op":"data_test","op"'),
    () => right.replace('"data"', '"data":{"to":[]},"data"'),
    () => right.replace('"to":[', '"to":[{"username":"a","username":"b","username":7},'),
    () => right.replace('"send_time":"', '"send_time":"\\ud800'),
    () => right.replace('"entry_name":"', '"entry_name":"\\u0000\\uDFFF'),
    () => right.replace('{', '{"__proto__":{"to":[{"username":"x"}]},'),
    () => right.replace('"to"', '"n":-6675423597613201249123456789,"to"'),
    () => right.replace('"to"', '"n":1e999999,"to"'),
    () => right.replace('"to"', '"n":NaN,"to"'),
    () => right.replace('"to"', '"n":00012,"to"'),
    () => right.replace('"name":"', '"name":"\n\t\u0001'),
    () => right.replace('"name":"', '"name":"\\x41\\'),
    () => '['.repeat(deep),
    () => `${'['.repeat(deep)}${']'.repeat(deep)}`,
    () => `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    () => right.replace('"to"', `"n":${'['.repeat(deep)}${']'.repeat(deep)},"to"`),
  ])()
}

/** Bytes in another encoding, or in none. */
function brokenBytes(random: Random, right: string): Buffer {
  const bytes = Buffer.from(right)
  return random.pick<() => Buffer>([
    () => Buffer.from(right, 'utf16le'),
    () => Buffer.from(`\ufeff${right}`, 'utf16le'),
    () => Buffer.from(right, 'latin1'),
    // 请假 in GB18030, where UTF-8 is due.
    () => Buffer.concat([Buffer.from('{"op":"'), Buffer.from([0xc7, 0xeb, 0xbc, 0xd9]), Buffer.from('"}')]),
    () => Buffer.from(Array.from({ length: random.int(1, 400) }, () => random.int(0, 255))),
    () => Buffer.alloc(random.int(1, 2_000)),
    () => flipped(random, bytes),
    () => flipped(random, flipped(random, bytes)),
    // A character cut in half, an overlong slash, a surrogate as bytes.
    () => Buffer.concat([bytes.subarray(0, -2), Buffer.from([0xe6, 0xb1]), bytes.subarray(-2)]),
    () => Buffer.from(right.replace('"name":"', '"name":"\u00c0\u00af'), 'latin1'),
    () => Buffer.concat([Buffer.from('{"op":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
  ])()
}

function flipped(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const at = random.int(0, copy.length - 1)
  copy[at] = copy[at]! ^ (1 << random.int(0, 7))
  return copy
}
