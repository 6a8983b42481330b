import { randomUUID } from 'node:crypto'
import type { ForwardSetting } from '@/lib/connectors/forward-setting'
import { createConnection } from '@/lib/integrations/connections/connections'
import { rows } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import type { SeeyonStart } from '@/simulators/seeyon'
import { aMapping } from './builders'
import { admin, anEmployee, anOffice, poll, type Employee, type Office } from './office'
import { aPush, post, senderOf, type Company } from './pushes'

/** The address under which tests of forwarding are reached. */
export const BASE = 'https://huixin.test'

/** Somebody who is known in both systems, and the person they are where messages come from. */
export type Both = Employee & { sourcePerson: string; sourceName: string }
export type Pair = { office: Office; company: Company; li: Both }

/** A Jiandaoyun that passes its messages on to a Seeyon, and an employee who is in both. */
export async function aPair(rule: Partial<ForwardSetting> = {}, start: SeeyonStart = {}): Promise<Pair> {
  Object.assign(environment(), { baseUrl: BASE })
  const office = await anOffice(start)
  office.seeyon.addMember({ loginName: 'notice', name: '信息中心' })
  const secret = `secret-${randomUUID()}`
  const forward = { connectionId: office.connection, senderLoginName: 'notice', ...rule }
  const connection = await createConnection(
    admin,
    { connector: 'jiandaoyun', name: `company ${randomUUID()}`, settings: { secret, forward } },
    'en',
  )
  const company = { connection, secret, sender: senderOf(connection, secret), push: post }
  return { office, company, li: await inBoth({ office, company }, 'li') }
}

/** One more who is in both. First contact is over. */
export async function inBoth({ office, company }: Omit<Pair, 'li'>, name: string): Promise<Both> {
  const employee = await anEmployee(office, name)
  await poll(office)
  const { personId } = await aMapping(company.connection, name, employee.user)
  return { ...employee, sourcePerson: personId, sourceName: name }
}

/** Pushes one message to people of the company; it must be taken. */
export async function pushTo({ company }: Pair, to: string[], more: object = {}): Promise<void> {
  const response = await post(company.sender.prepare(aPush(to, more)))
  if (response.status !== 200) throw new Error(`the push was answered ${response.status}`)
}

export type ForwardRow = {
  messageId: string
  personId: string
  token: string
  state: string
  tries: number
  dueIn: number
  lastError: string | null
}

/** What is passed on to a connection, oldest first. */
export function forwardsTo({ connection }: Office): Promise<ForwardRow[]> {
  return rows<ForwardRow>(
    null,
    `select message_id::text as "messageId", person_id::text as "personId", token, state, tries,
       extract(epoch from due_at - now())::float8 as "dueIn", last_error as "lastError"
     from forwards where connection_id = $1::uuid order by id`,
    connection,
  )
}
