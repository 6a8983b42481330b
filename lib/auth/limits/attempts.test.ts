import { describe, expect, test } from 'vitest'
import { networkOf, slowdown } from './attempts'

describe('a name under attack', () => {
  test('is slowed more and more, up to three seconds', () => {
    expect([0, 10, 11, 20, 40, 70, 1_000_000].map(slowdown)).toEqual([0, 0, 50, 500, 1500, 3000, 3000])
  })
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:ffff::', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['local', 'local'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network))
