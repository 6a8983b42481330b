import { allConnectors } from '@/lib/connectors/registry'
import { polledConnectionIds } from '../polling/polled-connections'
import type { PeopleConnection } from './columns'
import { selectConnections } from './people-file-store'

/** The connections in use, as columns of a people file; the newest last, so that columns keep their places. */
export async function peopleConnections(): Promise<PeopleConnection[]> {
  const connectors = new Map(allConnectors().map((connector) => [connector.id, connector]))
  const [found, polled] = await Promise.all([
    selectConnections([...connectors.keys()]),
    polledConnectionIds().then((ids) => new Set(ids)),
  ])
  return found.map(({ id, name, connector }) => {
    const { card } = connectors.get(connector)!
    return { id, name, byLoginName: card.mappingKeys[0] === 'loginName', poll: polled.has(id) }
  })
}
