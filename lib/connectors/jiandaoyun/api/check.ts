import { randomBytes } from 'node:crypto'
import { isConnectorError, type Check, type ConnectorErrorKind } from '../../contract'
import { callApi, mayCall, type ApiContext } from './client'
import { ROOT_DEPARTMENT } from './members'
import { memberList, taskPage } from './schemas'

type Detail = Check['detail']

const WITHOUT: Detail = {
  'zh-CN':
    '没有填，不影响接收推送。填了还能导入成员、导入已有的待办、每小时补上漏推的待办、自动完成已处理的待办',
  en: 'There is none, and pushes come without it. With one members and open to-dos can be imported, missed to-dos are brought in every hour, and handled ones are done here',
}
const CONTACTS: Detail = { 'zh-CN': '可以读取成员', en: 'Members can be read' }
const WORKFLOW: Detail = {
  'zh-CN': '可以查询待办（用一个不存在的成员编号试的）',
  en: 'To-dos can be asked for (tried with a member number that does not exist)',
}
const NOT_REACHED: Detail = {
  'zh-CN': '上面的问题解决后再检查',
  en: 'To be checked once the above is solved',
}
const SILENT: ConnectorErrorKind[] = ['unavailable', 'misconfigured']

/**
 * Tries what the API key is for: the contacts, of one department only, and the to-dos of nobody. A key can be limited
 * to some of the vendor's APIs, so each is tried; neither reads a message, a record or somebody's to-do.
 */
export async function checkApi(context: ApiContext): Promise<Check[]> {
  if (!mayCall(context.settings)) return [{ name: 'apiKey', ok: true, detail: WITHOUT }]
  const contacts = await attempt(() => askContacts(context))
  const asked = contacts === null || !SILENT.includes(contacts.kind)
  const workflow = asked ? await attempt(() => askWorkflow(context)) : null
  return [
    { name: 'apiKey', ok: contacts === null, detail: contacts?.detail ?? CONTACTS },
    asked
      ? { name: 'workflow', ok: workflow === null, detail: workflow?.detail ?? WORKFLOW }
      : { name: 'workflow', ok: false, detail: NOT_REACHED },
  ]
}

async function askContacts(context: ApiContext): Promise<void> {
  await callApi(context, 'members', { dept_no: ROOT_DEPARTMENT, has_child: false }, memberList)
}

/** A "no" about the member is what is hoped for: the key was let through to the question. */
async function askWorkflow(context: ApiContext): Promise<void> {
  const username = `huixin_${randomBytes(6).toString('hex')}`
  try {
    await callApi(context, 'tasks', { username, limit: 1 }, taskPage)
  } catch (error) {
    if (!isConnectorError(error) || error.kind !== 'refused') throw error
  }
}

/** What went wrong, null for nothing. */
async function attempt(ask: () => Promise<void>) {
  try {
    await ask()
    return null
  } catch (error) {
    if (isConnectorError(error)) return error
    throw error
  }
}
