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
/** What the API gives as `url` of instances and tasks: `/workflow/process_instance/{instance}[/task/{task}]`. */
const INSTANCE_PATH = /\/workflow\/process_instance\/([^/]+)/
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
  return asAddress({ app, form, record, flow: query('flowId'), task: query('taskId') })
}

/** The ids of a record where they can be such; null where one is missing or cannot be an id. */
export function asAddress(ids: {
  [K in 'app' | 'form' | 'record' | 'flow' | 'task']: string | null | undefined
}): RecordAddress | null {
  const { app, form, record } = ids
  if (!app || !form || !record) return null
  const address = { app, form, record, flow: ids.flow || null, task: ids.task || null }
  return Object.values(address).every((id) => id === null || ID.test(id)) ? address : null
}

/**
 * The flow instance behind an address: `instanceId`, else the record, which has the same id (the workflow API's pages:
 * 实例 id，同 data_id). Null for any other address.
 */
export function readInstance(link: string | null): string | null {
  if (link === null || !URL.canParse(link)) return null
  const { pathname, searchParams } = new URL(link)
  const inPath = INSTANCE_PATH.exec(pathname)?.[1] ?? RECORD_PATH.exec(pathname)?.[3]
  const id =
    searchParams.get('instanceId') ||
    searchParams.get('dataId') ||
    (inPath === undefined ? null : decoded(inPath))
  return id !== null && ID.test(id) ? id : null
}

/** The address that a push of the new flow engine has (open/11497, 4.5.3), for a task that came without one. */
export function taskAddress({ app, form, record, flow, task }: RecordAddress, action: string): string {
  const query = new URLSearchParams({
    msg: 'task_inst:::::',
    instanceId: record,
    taskId: task ?? '',
    actionType: action,
    appId: app,
    dataId: record,
    flowId: flow ?? '',
    formId: form,
    memberType: '0',
    guestCorpId: '',
  })
  return `https://www.jiandaoyun.com/message/redirect?${query.toString()}`
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}
