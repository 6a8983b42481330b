import { environment } from '@/lib/platform/env'
import { headingOf, type PeopleConnection } from './columns'
import { peopleConnections } from './people-connections'
import { selectPeople, type ExportPerson } from './people-file-store'
import { writeCell } from './cells'

/**
 * All users and whom they are mapped to, as a CSV file that a spreadsheet opens rightly (a byte order mark, CRLF) and
 * that an import takes back without a change.
 */
export async function exportPeople(): Promise<{ content: string; filename: string }> {
  const connections = await peopleConnections()
  const people = await selectPeople(connections.map(({ id }) => id))
  const lines = people.map(({ username, name, email, persons }) => {
    const byConnection = new Map(persons.map((person) => [person.connectionId, person]))
    const cells = connections.map((connection) => personCell(connection, byConnection.get(connection.id)))
    return [username, name, email ?? '', ...cells].map(writeCell).join(',')
  })
  const heading = headingOf(connections).map(writeCell).join(',')
  const content = `\ufeff${[heading, ...lines].join('\r\n')}\r\n`
  return { content, filename: `huixin-mappings-${today()}.csv` }
}

/** `2026-11-21`, where the company is. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: environment().timeZone }).format(new Date())
}

/** As the import reads it; empty ("leave as it is") for nobody, and for who cannot be said. */
function personCell(connection: PeopleConnection, person: ExportPerson | undefined): string {
  const { externalId = null, loginName = null } = person ?? {}
  if (!connection.byLoginName) return externalId ?? ''
  // A sign-in name that would be read as an id.
  const sayable = loginName !== null && !/^\s*id[:：]/i.test(loginName)
  if (sayable) return loginName
  return externalId === null ? '' : `id:${externalId}`
}
