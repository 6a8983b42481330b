import type { DirectoryPerson } from '../../contract'
import { readRecipients } from '../push/recipients'
import { callApi, type ApiContext } from './client'
import { member, memberList } from './schemas'

/** The root of every company's departments. */
export const ROOT_DEPARTMENT = 1
const JOINED = '1'

/**
 * Everybody of the company. There is no list of members as such: it is that of the root department with all below it
 * (third-party manual of the API, M). Who is in several departments is one person, active if any entry says so.
 * An entry without a usable member number is nobody that a push could name, and is left out.
 * @throws ConnectorError unless the whole list was read
 */
export async function listPeople(context: ApiContext): Promise<DirectoryPerson[]> {
  const body = { dept_no: ROOT_DEPARTMENT, has_child: true }
  const { users } = await callApi(context, 'members', body, memberList)
  const people = new Map<string, DirectoryPerson>()
  for (const user of users) {
    const person = personOf(user)
    if (!person) continue
    const known = people.get(person.externalId)
    people.set(person.externalId, known ? merged(known, person) : person)
  }
  return [...people.values()]
}

function personOf(user: unknown): DirectoryPerson | null {
  const { username, name, status } = member.safeParse(user).data ?? {}
  const [found] = readRecipients([{ username, name }])
  if (!found || 'problem' in found) return null
  return { ...found, active: status === null || status === undefined || status === JOINED }
}

function merged(one: DirectoryPerson, other: DirectoryPerson): DirectoryPerson {
  return { ...one, name: one.name ?? other.name, active: one.active || other.active }
}
