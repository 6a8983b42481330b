import { isConnectorError, type Context, type LinkSource } from '../contract'
import { hostOf } from '../http'
import { checkLink } from '../link-check'
import { assembleLink, performanceMonth } from './link-templates'
import { errorObject, seeyonError } from './rest/answers'
import { callSeeyon } from './rest/client'
import { webUrlOf, type SeeyonSettings } from './settings'

/** Pages of Seeyon, as far as links name them: `/seeyon/…`, `/x.do?…`, `doc/x.do?…`. */
const PAGE = /^[\w./~-]+\.(do|jsp|jspx|html?|psml)([;?#]|$)/i
/** Their templates are scripts of Seeyon's own pages: nothing outside can open them. */
const SCRIPTED = new Set(['message.link.webservice.message', 'message.link.NC.message'])
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#38': '&' }

/** Whether Seeyon can be asked for the address of this message, or its parameters make one. */
export function hasLink({ linkRef }: LinkSource): boolean {
  if (linkRef?.linkType === undefined || SCRIPTED.has(linkRef.linkType)) return false
  return linkRef.referenceId !== undefined || assembleLink(linkRef) !== null
}

/**
 * Asks Seeyon where a message leads; where it says nothing, the address is made from the message's own
 * parameters. Null if it leads nowhere, or to an address that employees must not be sent to.
 * @throws ConnectorError if Seeyon gives no usable answer
 */
export async function resolveLink(
  context: Context<SeeyonSettings>,
  source: LinkSource,
): Promise<string | null> {
  if (!hasLink(source) || !source.linkRef) return null
  const { settings } = context
  const asked = source.linkRef.referenceId === undefined ? null : await askLink(context, source.linkRef)
  // Something unusable is an answer too: an address that must not be opened is not replaced by another.
  const link = asked === null || isNothing(asked) ? assembleLink(source.linkRef) : asked
  return link === null ? null : normaliseLink(link, settings)
}

async function askLink(
  context: Context<SeeyonSettings>,
  linkRef: Record<string, string>,
): Promise<string | null> {
  const { linkType = '', referenceId = '' } = linkRef
  const query = { ReferenceId: referenceId, ...performanceMonth(linkRef) }
  try {
    const answer = await callSeeyon(context, {
      endpoint: 'message/linkurl',
      segments: [linkType],
      query,
      orText: true,
    })
    const text = answer.text()
    if (errorObject(text)) {
      throw seeyonError(
        'unavailable',
        'message/linkurl 回的不是链接而是错误，稍后再试',
        'message/linkurl answered with an error instead of a link. Try again later.',
      )
    }
    return text
  } catch (error) {
    // "No such thing" is an answer: there is no link.
    if (isConnectorError(error) && error.kind === 'refused') return null
    throw error
  }
}

/**
 * The address behind what `linkurl` said, built on the address that employees use. No source shows what it says
 * exactly, so all likely forms are read: plain or as a JSON string, with `&amp;`, absolute on the hosts of the
 * settings, or a path with or without `/seeyon`. Everything else is null; `javascript:` is real in Seeyon.
 */
export function normaliseLink(raw: string, settings: SeeyonSettings): string | null {
  if (isNothing(raw)) return null
  const link = unescaped(unquoted(raw.trim()))
  const web = webUrlOf(settings)
  const servers = [web, settings.baseUrl]
  if (/^https?:/i.test(link)) {
    const checked = checkLink(link, { allowedHosts: servers.map(hostOf) })
    return checked === null ? null : onWebUrl(checked, servers, web)
  }
  const path = pathBelowContext(link, servers)
  if (path === null) return null
  const checked = checkLink(`${web}/seeyon/${path}`, { allowedHosts: [hostOf(web)] })
  // `..` must not lead out of Seeyon, to whatever else lives on that host.
  return checked?.startsWith(`${web}/seeyon/`) ? checked : null
}

/** The vendor's way to say that there is no link: nothing at all, `null`, or an empty text. */
function isNothing(raw: string): boolean {
  return ['', 'null', '""'].includes(raw.trim())
}

/** A link on one of the server's addresses, moved to the one that employees use. */
function onWebUrl(link: string, servers: string[], web: string): string {
  const { host, pathname, search, hash } = new URL(link)
  const home = servers.find(
    (server) => hostOf(server) === host && pathname.startsWith(`${prefixOf(server)}/`),
  )
  return home === undefined ? link : web + pathname.slice(prefixOf(home).length) + search + hash
}

/** What a gateway puts before `/seeyon`; mostly nothing. */
function prefixOf(server: string): string {
  return new URL(server).pathname.replace(/\/$/, '')
}

/** The part after `/seeyon/` of a path in any of its forms; null if it is no page of Seeyon. */
function pathBelowContext(link: string, servers: string[]): string | null {
  if (link.startsWith('//') || link.includes('\\')) return null
  const prefixes = ['', ...servers.map(prefixOf)]
  const context = prefixes.map((prefix) => `${prefix}/seeyon/`).find((start) => link.startsWith(start))
  if (context) return link.slice(context.length)
  const path = link.replace(/^\//, '')
  return PAGE.test(path) ? path.replace(/^seeyon\//, '') : null
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value.trim() : ''
  } catch {
    return ''
  }
}

/** Seeyon escapes for HTML what it puts into a link; one round of that is undone. */
function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|#38);/g, (_, name: string) => ENTITIES[name] ?? '')
}
