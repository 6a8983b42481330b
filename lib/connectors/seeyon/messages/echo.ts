import { LINK_PARAMS } from '../rest/schemas'
import type { IdentifiedRow } from './pages'

/** 22 characters of base64url after `via=`: 128 bits, as links of ours carry them. */
const TOKEN = /[?&]via=([\w-]{22})(?![\w-])/

/**
 * What looks like a token of ours in the link of a row. A message that was sent over REST comes back with the sender's
 * address in `linkParam0` (a conclusion from the name and the template of `message.link.webservice.message`, nowhere
 * documented), so all parameters and `link` are looked at, whatever the link type. Whether it is ours, the inbox knows.
 */
export function echoOf(row: IdentifiedRow): string | null {
  for (const name of [...LINK_PARAMS, 'link'] as const) {
    const token = TOKEN.exec(row[name] ?? '')?.[1]
    if (token) return token
  }
  return null
}
