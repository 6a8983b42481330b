import type { LinkResolver } from '../contract'
import { checkLink } from '../link-check'
import type { JiandaoyunSettings } from './settings'

/** Opens the address that came with the push, once it is checked against the hosts of the connection. */
export const link: LinkResolver<JiandaoyunSettings> = {
  // Which hosts are allowed is not known here, so any host will do that an administrator could allow.
  has: ({ link }) => {
    if (link === null || !URL.canParse(link)) return false
    return checkLink(link, { allowedHosts: [new URL(link).host] }) !== null
  },
  resolve: async ({ settings }, { link }) => checkLink(link, settings),
}
