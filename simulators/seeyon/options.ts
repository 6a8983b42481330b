/** How a Seeyon server differs from another one. Every field can be changed while the simulator runs. */
export interface SeeyonOptions {
  /** The REST account, made by an administrator of Seeyon. Default `rest` / `rest-password`. */
  restUser: string
  restPassword: string
  /** What wrong credentials get: `{"id":"-1"}` in a 200 (default), 404 or 401; all three were seen. */
  badCredentials: 'minusOne' | 'status404' | 'status401'
  /** Milliseconds without a call after which a token is dead. Default 15 minutes. */
  tokenIdleMs: number
  /** What a dead token gets: 401 with the vendor's text (default), or `{"code":1010}` in a 200. */
  expiredToken: 'status401' | 'code1010'
  /** `any`: an unbound token reads everybody (default). `bound`: only the member it is bound to, else 401. */
  access: 'any' | 'bound'
  /** `v6`: pageNo and pageSize (default). `legacy`: 20 rows, or all with `ispage=false`; pageNo is ignored. */
  paging: 'v6' | 'legacy'
  /** The most rows a page holds, whatever is asked. The vendor documents no cap, so none by default. */
  maxPageSize: number
  /** Whether `option.n_a_s=1` is heard: numbers then come as text (default). */
  numbersAsText: boolean
  /** Whether there is a `coll/pendingAffairs`; 404 otherwise. Default true. */
  pendingAffairs: boolean
  /** What an empty list is: the vendor's `null` (default), `[]`, or nothing at all. */
  emptyList: 'null' | 'array' | 'nothing'
  /** The vendor documents no order; newest first by default. */
  order: 'newest' | 'oldest'
  /** Milliseconds between a call of `isread` and the lists showing it. Default 0. */
  isreadDelayMs: number
  /** Milliseconds between a sent system message and its appearance in the lists. Default 0. */
  sendDelayMs: number
  /** Overrides the form of every `linkurl` answer; null (default) uses each link type's own. */
  linkForm: LinkForm | null
  /** The address employees use, for absolute links. Default: the simulator's own. */
  webUrl: string | null
  /** The plugin for single sign-on: its name, and whom it asks about tickets. Null (default): none is installed. */
  ssoName: string | null
  ssoHandshakeUrl: string | null
  /** Where tickets of Seeyon can be asked about: `rest` and the older `controller` (default), or that one only. */
  ticketCheck: 'rest' | 'controller'
  /** Milliseconds for which a ticket of Seeyon stands for its member. Default 5 minutes. */
  ticketLifeMs: number
  /** Milliseconds every answer takes. Default 0. */
  latencyMs: number
}

/** The shapes in which a link may come; the vendor's pages show none, so a client must stand all of them. */
export type LinkForm =
  | 'prefixed' // /seeyon/x.do?a=1&b=2
  | 'rooted' // /x.do?a=1&b=2
  | 'relative' // x.do?a=1&b=2
  | 'absolute' // http://host/seeyon/x.do?a=1&b=2
  | 'escaped' // /seeyon/x.do?a=1&amp;b=2
  | 'quoted' // "/seeyon/x.do?a=1&b=2" as a JSON string
  | 'empty'
  | 'javascript'
  | 'foreign' // absolute, on another host
  | 'schemeless' // //other-host/x.do

export const DEFAULT_OPTIONS: SeeyonOptions = {
  restUser: 'rest',
  restPassword: 'rest-password',
  badCredentials: 'minusOne',
  tokenIdleMs: 15 * 60_000,
  expiredToken: 'status401',
  access: 'any',
  paging: 'v6',
  maxPageSize: Number.MAX_SAFE_INTEGER,
  numbersAsText: true,
  pendingAffairs: true,
  emptyList: 'null',
  order: 'newest',
  isreadDelayMs: 0,
  sendDelayMs: 0,
  linkForm: null,
  webUrl: null,
  ssoName: null,
  ssoHandshakeUrl: null,
  ticketCheck: 'rest',
  ticketLifeMs: 5 * 60_000,
  latencyMs: 0,
}

/** Applies known options only, and says which name was unknown. */
export function changeOptions(options: SeeyonOptions, change: Partial<SeeyonOptions>): void {
  for (const [key, value] of Object.entries(change)) {
    if (!(key in DEFAULT_OPTIONS)) throw new Error(`unknown option ${key}`)
    if (value !== undefined) Object.assign(options, { [key]: value })
  }
}
