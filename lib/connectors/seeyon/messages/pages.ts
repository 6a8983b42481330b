import { isConnectorError, type ConnectorError } from '../../contract'
import { seeyonError } from '../rest/answers'
import { longId, messageRow, type MessageRow } from '../rest/schemas'
import type { SeeyonSettings } from '../settings'

/** Asks for one page of a list; throws `ConnectorError` if the answer says nothing. */
export type ReadPage = (query: Record<string, string>) => Promise<unknown[]>

/** A row whose id can be trusted. */
export type IdentifiedRow = MessageRow & { id: string }

export type PagedRows = {
  /** Each id once, in the order of the list. */
  rows: IdentifiedRow[]
  /** Read to the end, or until it was enough. */
  complete: boolean
  /** How many pages of the size in the settings this takes; a list given whole is one. */
  pages: number
  /** No row was newer than the one before it, repeated ones aside. */
  newestFirst: boolean
  error?: ConnectorError
}

export type Reading = {
  /** Rows a page, where that is not the size in the settings. */
  pageSize?: number
  /** Asked after each page but the last: whether the rest is not needed. */
  enough?: (soFar: SoFar) => boolean | Promise<boolean>
}
/** `page`: what the last page gave. */
type SoFar = { rows: IdentifiedRow[]; page: IdentifiedRow[]; newestFirst: boolean }

/** The size of the vendor's own samples and of its default: no server is known to give less. */
const SAFE_PAGE_SIZE = 20
/** 10,000 messages at the default size; above that a raised page size helps. */
const MAX_PAGES = 500

/**
 * Reads a list to its end, or until `enough` says so. Errors after the first page keep what was read and make
 * the result incomplete; an error on the first page is thrown. A row without a usable id is left out and makes
 * the result incomplete as well: it may be a known message, so nothing may be concluded from its absence.
 */
export async function readPages(
  read: ReadPage,
  settings: Pick<SeeyonSettings, 'paging' | 'pageSize'>,
  { pageSize = settings.pageSize, enough }: Reading = {},
): Promise<PagedRows> {
  const list = collect()
  let size = pageSize
  let pageNo = 1
  const ordinary = settings.paging === 'legacy' ? SAFE_PAGE_SIZE : settings.pageSize
  const result = (error?: ConnectorError) => list.result(Math.min(size, ordinary), error)
  try {
    if (settings.paging === 'legacy') {
      const { count } = list.add(await read({ ispage: 'false' }))
      // Exactly a page: this may be a server with paging that does not know `ispage`. Its second page tells.
      if (count !== SAFE_PAGE_SIZE) return list.result(Infinity)
      size = SAFE_PAGE_SIZE
      pageNo = 2
    }
    for (; pageNo <= MAX_PAGES; pageNo++) {
      const page = list.add(await read({ pageNo: String(pageNo), pageSize: String(size) }))
      if (page.count < size) {
        // A first page shorter than asked, but not shorter than any server's, may be cut to a limit of the
        // server: go on with that limit. If it was the end after all, the next page is empty.
        if (pageNo > 1 || page.count < SAFE_PAGE_SIZE) return result()
        size = page.count
      } else if (page.count > size || (pageNo > 1 && page.fresh === 0)) {
        return settings.paging === 'legacy' ? result() : result(notPaged(pageNo, page.count > size))
      }
      if (await enough?.(list.soFar())) return result()
    }
    return result(tooMany())
  } catch (error) {
    if (!isConnectorError(error) || !list.hasPages()) throw error
    return result(error)
  }
}

function collect() {
  const byId = new Map<string, IdentifiedRow>()
  let page: IdentifiedRow[] | null = null
  let unusable = 0
  let newestFirst = true
  let before = Infinity
  return {
    add(raw: unknown[]): { count: number; fresh: number } {
      const known = byId.size
      page = []
      for (const value of raw) {
        const row = messageRow.safeParse(value).data
        const id = longId(row?.id)
        if (!row || id === null) {
          unusable++
          continue
        }
        page.push({ ...row, id })
        // New messages push the list on while it is read: what they push onto the next page is not out of order.
        if (!byId.has(id)) {
          const time = Number(row.creationDate)
          newestFirst &&= time <= before
          before = time
        }
        byId.set(id, { ...row, id })
      }
      return { count: raw.length, fresh: byId.size - known }
    },
    hasPages: () => page !== null,
    soFar: (): SoFar => ({ rows: [...byId.values()], page: page ?? [], newestFirst }),
    result(pageSize: number, error?: ConnectorError): PagedRows {
      const problem = error ?? (unusable > 0 ? withoutId(unusable) : null)
      const rows = [...byId.values()]
      const pages = Math.max(1, Math.ceil(rows.length / pageSize))
      const read = { rows, pages, newestFirst, complete: problem === null }
      return problem ? { ...read, error: problem } : read
    },
  }
}

function notPaged(pageNo: number, tooLong: boolean): ConnectorError {
  return seeyonError(
    'misconfigured',
    tooLong
      ? '致远一次给出的消息比要求的多，它可能不支持分页：请把「分页方式」改为「V6.0 之前」'
      : `致远第 ${pageNo} 页的消息与前面的相同，它可能不支持分页：请把「分页方式」改为「V6.0 之前」`,
    tooLong
      ? 'Seeyon listed more messages than asked for and may not support paging: set "Paging" to "Before V6.0".'
      : `Page ${pageNo} of Seeyon repeats what came before; it may not support paging: set "Paging" to "Before V6.0".`,
  )
}

function tooMany(): ConnectorError {
  return seeyonError(
    'misconfigured',
    `消息超过 ${MAX_PAGES} 页，没有读完：请在设置里调大「每页条数」`,
    `There are more than ${MAX_PAGES} pages of messages and not all were read: raise "Page size" in the settings.`,
  )
}

function withoutId(count: number): ConnectorError {
  return seeyonError(
    'refused',
    `有 ${count} 条消息没有可用的 ID，已跳过；在它们消失之前，不会根据「不在列表里」判断已读`,
    `${count} messages have no usable id and were left out. Until they are gone, nothing is taken as read for not being listed.`,
  )
}
