import type { Mapping } from '@/lib/contracts/mappings'

/** What to call a person of a vendor's: their name there, else their sign-in name, else their id. */
export function personName({
  name,
  loginName,
  externalId,
}: Pick<Mapping, 'name' | 'loginName' | 'externalId'>): string {
  return name ?? loginName ?? externalId ?? '?'
}

/** The words by which the vendor knows them, without what `personName` says already. */
export function personKeys(person: Pick<Mapping, 'name' | 'loginName' | 'externalId'>): string[] {
  const shown = personName(person)
  return [person.loginName, person.externalId].filter((key): key is string => key !== null && key !== shown)
}
