import type { Context, HeldTodo, OpenTodo, Todos } from '../contract'
import { readJson, rowsOf, seeyonError } from './rest/answers'
import { callSeeyon, memberIdOf } from './rest/client'
import { affairRow, flipInfo, longId } from './rest/schemas'
import type { SeeyonSettings } from './settings'

const ENDPOINT = 'coll/pendingAffairs'
/** The link type whose linkParam0 is an affair of that list; documents (公文) and meetings are not on it. */
const COLLABORATION_PENDING = 'message.link.col.pending'

const PAGE_SIZE = 100
const MAX_PAGES = 100
const MAX_PAGE_BYTES = 4 * 1024 * 1024
/** The size of the vendor's samples: no server is known to give less. */
const SAFE_PAGE_SIZE = 20

/** What members still have to handle, as far as Seeyon tells it: 协同, with tokens that are bound to them. */
export const todos: Todos<SeeyonSettings> = {
  ready: ({ tokenMode }) => tokenMode === 'bound',
  everySeconds: 300,
  absence: 'over_twice',
  refOf,
  listOpen,
}

/** The id of the affair that a message asks to handle; null for whatever the list could not name. */
function refOf({ linkRef }: HeldTodo): string | null {
  return linkRef?.linkType === COLLABORATION_PENDING ? affairId(linkRef.linkParam0) : null
}

/**
 * All affairs of 协同 that are pending for a member.
 * @throws ConnectorError `refused` where this server or this REST user has no such list, which is remembered for an
 *   hour, and where the list was not read to its end: what it does not name must not be taken as handled
 */
async function listOpen(context: Context<SeeyonSettings>, externalId: string): Promise<OpenTodo[]> {
  const memberId = memberIdOf(externalId)
  const refs = new Set<string>()
  let size = PAGE_SIZE
  for (let pageNo = 1; pageNo <= MAX_PAGES; pageNo++) {
    const page = await readPage(context, memberId, pageNo, size)
    const known = refs.size
    for (const ref of page.refs) refs.add(ref)
    if (page.refs.length === 0) return listed(refs)
    if (refs.size === known) {
      // Past the end some lists give the last page again. The first page again is also what a list gives that knows no
      // pages, so that has to be ruled out by its own count.
      if (pageNo > 2 || (page.total !== null && page.total <= refs.size)) return listed(refs)
      throw notPaged()
    }
    size = Math.min(size, page.limit)
    if (page.refs.length < page.limit && (page.pages ?? 0) <= pageNo) return listed(refs)
  }
  throw tooMany()
}

type Page = { refs: string[]; limit: number; total: number | null; pages: number | null }

/** One page; `limit` is how many rows would have been a full one for this server. */
async function readPage(
  context: Context<SeeyonSettings>,
  memberId: string,
  pageNo: number,
  pageSize: number,
): Promise<Page> {
  const body = { openFrom: 'listPending', pageNo, pageSize }
  const call = { endpoint: ENDPOINT, body, memberId, optional: true, maxBytes: MAX_PAGE_BYTES }
  const value = readJson(await callSeeyon(context, call))
  const refs = rowsOf(ENDPOINT, value).map((row) => {
    const { affairId: ref, id } = affairRow.safeParse(row).data ?? {}
    return affairId(ref) ?? affairId(id) ?? withoutId()
  })
  const { size, total, pages } = flipInfo.safeParse(value).data ?? { size: null, total: null, pages: null }
  // A first page shorter than asked may have been cut to a limit of the server, where that does not say its size.
  const cut = pageNo === 1 && refs.length >= SAFE_PAGE_SIZE ? refs.length : pageSize
  return { refs, limit: Math.min(size || cut, pageSize), total, pages }
}

/** 0 and -1 are how Seeyon writes "none". */
function affairId(raw: string | null | undefined): string | null {
  const id = longId(raw)
  return id === '0' || id === '-1' ? null : id
}

function listed(refs: Set<string>): OpenTodo[] {
  return [...refs].map((ref) => ({ ref }))
}

function withoutId(): never {
  throw seeyonError(
    'refused',
    `${ENDPOINT} 有一条待办没有可用的 ID，这次不比对`,
    `A row of ${ENDPOINT} has no usable id; nothing is compared this time.`,
  )
}

function notPaged() {
  return seeyonError(
    'refused',
    `${ENDPOINT} 第 2 页与第 1 页相同，看不出待办有没有列全，这次不比对`,
    `Page 2 of ${ENDPOINT} repeats page 1: it cannot be told whether all to-dos are listed, so nothing is compared.`,
  )
}

function tooMany() {
  return seeyonError(
    'refused',
    `待办超过 ${MAX_PAGES} 页，没有读完，这次不比对`,
    `There are more than ${MAX_PAGES} pages of to-dos; not all were read, so nothing is compared.`,
  )
}
