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
  complete: boolean
  error?: ConnectorError
}

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
  enough: (rows: readonly IdentifiedRow[]) => boolean = () => false,
): Promise<PagedRows> {
  const list = collect()
  let size = settings.pageSize
  let pageNo = 1
  try {
    if (settings.paging === 'legacy') {
      const count = list.add(await read({ ispage: 'false' })).count
      // Exactly a page: this may be a server with paging that does not know `ispage`. Its second page tells.
      if (count !== SAFE_PAGE_SIZE) return list.result()
      size = SAFE_PAGE_SIZE
      pageNo = 2
    }
    for (; pageNo <= MAX_PAGES; pageNo++) {
      const page = list.add(await read({ pageNo: String(pageNo), pageSize: String(size) }))
      if (page.count < size) {
        // A first page shorter than asked, but not shorter than any server's, may be cut to a limit of the
        // server: go on with that limit. If it was the end after all, the next page is empty.
        if (pageNo > 1 || page.count < SAFE_PAGE_SIZE) return list.result()
        size = page.count
      } else if (page.count > size || (pageNo > 1 && page.fresh === 0)) {
        return settings.paging === 'legacy' ? list.result() : list.result(notPaged(pageNo, page.count > size))
      }
      if (enough(list.rows())) return list.result()
    }
    return list.result(tooMany())
  } catch (error) {
    if (!isConnectorError(error) || list.pages() === 0) throw error
    return list.result(error)
  }
}

function collect() {
  const byId = new Map<string, IdentifiedRow>()
  let pages = 0
  let unusable = 0
  return {
    add(raw: unknown[]): { count: number; fresh: number } {
      pages++
      const known = byId.size
      for (const value of raw) {
        const row = messageRow.safeParse(value).data
        const id = longId(row?.id)
        if (row && id !== null) byId.set(id, { ...row, id })
        else unusable++
      }
      return { count: raw.length, fresh: byId.size - known }
    },
    rows: () => [...byId.values()],
    pages: () => pages,
    result(error: ConnectorError | null = null): PagedRows {
      const problem = error ?? (unusable > 0 ? withoutId(unusable) : null)
      const rows = [...byId.values()]
      return problem ? { rows, complete: false, error: problem } : { rows, complete: true }
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
