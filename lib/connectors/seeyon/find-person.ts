import type { Context, FoundPerson } from '../contract'
import { expectNoError, readJson, seeyonError } from './rest/answers'
import { callSeeyon } from './rest/client'
import { longId, member } from './rest/schemas'
import type { SeeyonSettings } from './settings'

/**
 * The member with that login name, null if Seeyon knows none. Where Seeyon is bound to LDAP it takes the name as
 * the directory's, so the login name that comes back may be another one.
 * @throws ConnectorError if Seeyon gives no usable answer
 */
export async function findPerson(
  context: Context<SeeyonSettings>,
  loginName: string,
): Promise<FoundPerson | null> {
  const wanted = loginName.trim()
  if (wanted === '') return null
  const answer = await callSeeyon(context, { endpoint: 'orgMember', query: { loginName: wanted } })
  const value = readJson(answer)
  // Documented is one object; other look-ups of Seeyon give a list of one.
  const found: unknown = Array.isArray(value) ? (value[0] ?? null) : value
  if (found === null) return null
  const person = member.safeParse(found).data
  const externalId = longId(person?.id)
  if (!person || externalId === null) {
    // Only now: a member has a `code` too, the employee's number.
    expectNoError('orgMember', found)
    throw withoutId()
  }
  return {
    externalId,
    loginName: person.loginName?.trim() || wanted,
    name: person.name?.trim() || null,
    active: person.enabled !== false && person.isDeleted !== true && ['1', null].includes(person.state),
  }
}

function withoutId() {
  return seeyonError(
    'unavailable',
    'orgMember 的答复里没有人员 ID，请检查地址，以及 REST 用户的组织模型授权',
    'The answer of orgMember holds no member id. Check the address and the authorised modules of the REST user.',
  )
}
