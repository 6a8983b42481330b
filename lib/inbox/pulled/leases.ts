import { inSqlTransaction } from '@/lib/platform/transaction'
import { lockOther, moveMapping, nameLeased, type FoundPerson } from './resolve-store'
import { claimDue, extendLease, type Lease } from './lease-store'

export { pollSoon, release, type Lease, type Outcome } from './lease-store'

/** A process that died loses its people for so long; one that lives says so in time. */
const LEASE_SECONDS = 120

/**
 * Takes due persons of a connection, so many that at most `concurrency` are in hand over all processes, and never more
 * than `most`.
 */
export function takeDue(connectionId: string, concurrency: number, most = concurrency): Promise<Lease[]> {
  return inSqlTransaction((tx) => claimDue(tx, connectionId, { concurrency, most, seconds: LEASE_SECONDS }))
}

/** A poll may take longer than its lease: called now and then while it goes on. False if the lease is lost. */
export function keepLease(lease: Lease): Promise<boolean> {
  return extendLease(lease, LEASE_SECONDS)
}

/**
 * Says who a leased person is in the vendor's system. `moved`: somebody who was here already, without a user; they
 * have the mapping now, and this person is no more. `taken`: they have a user, or the lease is lost.
 */
export function resolvePerson(lease: Lease, found: FoundPerson): Promise<'resolved' | 'moved' | 'taken'> {
  return inSqlTransaction(async (tx) => {
    const other = await lockOther(tx, lease, found.externalId)
    if (!other) return (await nameLeased(tx, lease, found)) ? 'resolved' : 'taken'
    if (other.userId !== null) return 'taken'
    return (await moveMapping(tx, lease, other.id, found)) ? 'moved' : 'taken'
  })
}
