import type { Connector } from './contract'
import { jiandaoyun } from './jiandaoyun'
import { seeyon } from './seeyon'

/** The only place that names vendors: a third one is one folder and one line here. */
const connectors: readonly Connector[] = [jiandaoyun as Connector, seeyon as Connector]

/** All connectors, in the order in which pages show them. */
export function allConnectors(): readonly Connector[] {
  return connectors
}

/** The connector of that id; null if there is none (a vendor folder that was taken out). */
export function findConnector(id: string): Connector | null {
  return connectors.find((connector) => connector.id === id) ?? null
}
