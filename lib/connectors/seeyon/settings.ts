import { z } from 'zod'

/**
 * The address of a Seeyon server without its context path: `https://oa.example.com`, or with a gateway's own
 * prefix before it. What is pasted from a browser (`…/seeyon/main.do?method=main`) is cut at `/seeyon`.
 * Null for anything but http(s), for a user name or password in it, and for a query of an unknown page.
 */
export function normaliseServerUrl(raw: string): string | null {
  const url = URL.canParse(raw) && /^https?:\/\/[^/]/i.test(raw) ? new URL(raw) : null
  if (!url || url.username !== '' || url.password !== '' || raw.includes('\\')) return null
  const context = /\/seeyon(?=\/|$)/.exec(url.pathname)
  if (!context && (url.search !== '' || url.hash !== '')) return null
  const prefix = context ? url.pathname.slice(0, context.index) : url.pathname
  return url.origin + prefix.replace(/\/+$/, '')
}

// Issues are given as codes, not as sentences: who reads them chooses the language.
const serverUrl = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .transform((raw, context) => {
    const url = normaliseServerUrl(raw)
    if (url !== null) return url
    context.issues.push({ code: 'invalid_format', format: 'url', input: raw })
    return z.NEVER
  })

const noneIfEmpty = (value: unknown) => (value === '' || value === undefined ? null : value)
const noUrl = z.preprocess(noneIfEmpty, serverUrl.nullable())

const ssoName = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,50}$/)

/** All settings of a connection to a Seeyon server (V5 line, CTP REST). */
export const settings = z.strictObject({
  /** Where this server calls the REST interface; without `/seeyon`. */
  baseUrl: serverUrl,
  /** Where employees open Seeyon; null: the same address. */
  webUrl: noUrl.default(null),
  /** A REST user (系统管理员 → REST用户管理), not an employee. */
  restUser: z.string().trim().min(1).max(200),
  restPassword: z.string().min(1).max(500),
  /** `service`: one token for all. `bound`: one token per employee, for servers that insist; shows their to-dos too. */
  tokenMode: z.enum(['service', 'bound']).default('service'),
  /** `v6`: pageNo and pageSize. `legacy`: servers before V6.0, `ispage=false`. */
  paging: z.enum(['v6', 'legacy']).default('v6'),
  /** Seconds between two polls of one person. */
  pollSeconds: z.int().min(1).max(86_400).default(60),
  /** Requests in flight to this server, over all processes. */
  concurrency: z.int().min(1).max(100).default(8),
  pageSize: z.int().min(1).max(200).default(20),
  /** A to-do that was read in Seeyon counts as done: handling reads there, but reading alone does so as well. */
  readMeansDone: z.boolean().default(false),
  /** The name of the `SSOLoginContext` installed on the Seeyon server; null: links are opened plainly. */
  ssoName: z
    .preprocess((value) => (value === '' || value === undefined ? null : value), ssoName.nullable())
    .default(null),
  /** Whether people who come from Seeyon are signed in here. */
  ssoEntry: z.boolean().default(false),
  /** Who appears as the sender of messages that administrators send; null: they cannot send any. */
  senderLoginName: z.preprocess(noneIfEmpty, z.string().trim().min(1).max(200).nullable()).default(null),
})

export type SeeyonSettings = z.infer<typeof settings>

/** The address that links are built on. */
export function webUrlOf({ webUrl, baseUrl }: SeeyonSettings): string {
  return webUrl ?? baseUrl
}
