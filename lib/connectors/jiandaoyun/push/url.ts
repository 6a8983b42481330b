/** What an address says of the record it opens; all are the vendor's ids as text. */
export type RecordAddress = {
  app: string
  form: string
  record: string
  /** The flow node. */
  flow: string | null
  /** One assignee's task; only addresses of the new flow engine have it. */
  task: string | null
}

/** Record pages and their quick links: `/dashboard/app/{app}/form/{form}/data/{data}[/qr_link]`, below any prefix. */
const RECORD_PATH = /\/dashboard\/app\/([^/]+)\/form\/([^/]+)\/data\/([^/]+)(?:\/|$)/
/** Real ids are 24 hexadecimal digits or small numbers; no bar, since keys are joined with it. */
const ID = /^[^\s|\p{C}]{1,100}$/u

/**
 * The record behind a push's address, in either form (open/11497, 4.5.3): old engine, ids in the path; new engine,
 * `/message/redirect` with ids as parameters in any order. The page says that instanceId and dataId are equal but
 * shows samples where they differ, so dataId wins. Null for any other address, and where an id cannot be one.
 */
export function readRecordAddress(link: string | null): RecordAddress | null {
  if (link === null || !URL.canParse(link)) return null
  const url = new URL(link)
  const query = (name: string) => url.searchParams.get(name) || null
  const inPath = RECORD_PATH.exec(url.pathname)
  const ids = inPath
    ? inPath.slice(1).map(decoded)
    : [query('appId'), query('formId'), query('dataId') ?? query('instanceId')]
  const [app, form, record] = ids
  const flow = query('flowId')
  const task = query('taskId')
  if (!app || !form || !record) return null
  const all = [app, form, record, flow ?? '0', task ?? '0']
  return all.every((id) => ID.test(id)) ? { app, form, record, flow, task } : null
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}
