import { describe, expect, test } from 'vitest'
import { believedAddress } from './forwarded-for'

describe('the address of the client', () => {
  test.each([
    ['no proxy: the socket, whatever the header says', '10.0.0.9', '1.2.3.4', 0, '10.0.0.9'],
    ['an IPv4 address in IPv6 clothes is plain', '::ffff:10.0.0.9', '', 0, '10.0.0.9'],
    ['one proxy: the entry it added', '10.0.0.1', '6.6.6.6, 1.2.3.4', 1, '1.2.3.4'],
    ['two proxies: what the outer one saw', '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', 2, '1.2.3.4'],
    ['fewer entries than proxies: the left-most', '10.0.0.1', '1.2.3.4', 3, '1.2.3.4'],
    ['no header behind a proxy: the socket', '10.0.0.1', '', 1, '10.0.0.1'],
    ['not an address: the socket', '10.0.0.1', 'unknown', 1, '10.0.0.1'],
    ['with a port', '10.0.0.1', '1.2.3.4:5555', 1, '1.2.3.4'],
    ['IPv6 with brackets and port', '10.0.0.1', '[2001:db8::1]:443', 1, '2001:db8::1'],
    ['IPv6', '10.0.0.1', '2001:db8::1', 1, '2001:db8::1'],
  ])('%s', (_, socket, header, proxies, expected) => {
    expect(believedAddress(socket, header, proxies)).toBe(expected)
  })
})
