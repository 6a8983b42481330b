import dns, { type LookupAddress, type LookupOptions } from 'node:dns'
import { BlockList, isIPv6 } from 'node:net'

/**
 * Addresses that a name must never lead to. Private networks are not among them: an administrator enters the
 * name of a server inside the company, and that is where it lives. Whoever really wants one of these must enter
 * the address itself.
 */
const FORBIDDEN = new BlockList()
// Link-local, where every cloud keeps its metadata service, and what stands for "no particular address".
FORBIDDEN.addSubnet('169.254.0.0', 16, 'ipv4')
FORBIDDEN.addSubnet('0.0.0.0', 8, 'ipv4')
FORBIDDEN.addSubnet('224.0.0.0', 3, 'ipv4')
FORBIDDEN.addSubnet('fe80::', 10, 'ipv6')
FORBIDDEN.addSubnet('ff00::', 8, 'ipv6')
FORBIDDEN.addAddress('::', 'ipv6')
// Metadata services outside of link-local: Alibaba Cloud, Oracle Cloud, Azure, AWS, Google Cloud.
FORBIDDEN.addAddress('100.100.100.200', 'ipv4')
FORBIDDEN.addAddress('192.0.0.192', 'ipv4')
FORBIDDEN.addAddress('168.63.129.16', 'ipv4')
FORBIDDEN.addAddress('fd00:ec2::254', 'ipv6')
FORBIDDEN.addAddress('fd20:ce::254', 'ipv6')
// The same IPv4 addresses behind NAT64 and 6to4.
FORBIDDEN.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
FORBIDDEN.addAddress('64:ff9b::6464:64c8', 'ipv6')
FORBIDDEN.addSubnet('2002:a9fe::', 32, 'ipv6')

export const FORBIDDEN_ADDRESS = 'HUIXIN_FORBIDDEN_ADDRESS'

/** True for an address that no name may lead to. IPv4 written as IPv6 (`::ffff:…`) is known for what it is. */
export function isForbiddenAddress(address: string): boolean {
  return FORBIDDEN.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

type Callback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void

/**
 * `dns.lookup` without the forbidden addresses. The connection is made to exactly what this returns, so a name
 * cannot change its mind between the check and the call.
 */
export function guardedLookup(hostname: string, options: LookupOptions, callback: Callback): void {
  dns.lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, [])
    const usable = found.filter(({ address }) => !isForbiddenAddress(address))
    const first = usable[0]
    if (!first) {
      const refusal: NodeJS.ErrnoException = new Error('the name leads to a forbidden address')
      refusal.code = FORBIDDEN_ADDRESS
      return callback(refusal, [])
    }
    if (options.all) callback(null, usable)
    else callback(null, first.address, first.family)
  })
}
