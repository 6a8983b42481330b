import type { SignOn } from '../contract'
import { hostOf } from '../http'
import { checkLink } from '../link-check'
import { webUrlOf, type SeeyonSettings } from './settings'
import { whose } from './sign-on-tickets'

/** No source shows what Seeyon's tickets look like; what could mean something in an address is none. */
const TICKET = /^[\w.~+/=:-]{1,200}$/

/** Single sign-on with Seeyon, both ways; what must be installed there stands in README.md. */
export const signOn: SignOn<SeeyonSettings> = {
  ready: ({ ssoName }) => ssoName !== null,
  entry: signOnEntry,
  accepts: ({ ssoEntry }) => ssoEntry,
  ticketIn,
  whose,
  // CIP 门户认证 reads these words.
  answers: { known: 'SSOOK', unknown: 'SSOLogoutError' },
}

/**
 * `/seeyon/login/sso` signs in and opens `tourl` in one request. Only for pages of Seeyon at the address that
 * employees use: what is elsewhere must never learn a ticket.
 */
function signOnEntry(settings: SeeyonSettings, link: string, ticket: string): string | null {
  if (settings.ssoName === null) return null
  const web = webUrlOf(settings)
  const checked = checkLink(link, { allowedHosts: [hostOf(web)] })
  if (!checked?.startsWith(`${web}/seeyon/`)) return null
  const query = new URLSearchParams({
    from: settings.ssoName,
    ticket,
    UserAgentFrom: 'pc',
    tourl: checked.slice(web.length),
  })
  return `${web}/seeyon/login/sso?${query.toString()}`
}

/** CIP adds `ticket`; the click-through of V5认证 `v5ticket`. */
function ticketIn(query: URLSearchParams): string | null {
  const ticket = query.get('ticket') ?? query.get('v5ticket') ?? ''
  return TICKET.test(ticket) ? ticket : null
}
