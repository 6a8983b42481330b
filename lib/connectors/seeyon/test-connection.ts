import { randomBytes } from 'node:crypto'
import { isConnectorError, type Check, type Context, type MappedPeople } from '../contract'
import { hostOf, request } from '../http'
import { readRows, seeyonError } from './rest/answers'
import { callSeeyon } from './rest/client'
import { findPerson } from './find-person'
import { forgetTokens } from './rest/kept-tokens'
import { longId } from './rest/schemas'
import { takeToken } from './rest/token'
import { webUrlOf, type SeeyonSettings } from './settings'
import { checkTodos, checkTokens } from './test-connection-bound'
import { fine, type Outcome } from './test-connection-outcome'
import { checkPaging } from './test-connection-paging'

type Detail = Check['detail']
type SeeyonContext = Context<SeeyonSettings>

const NOT_REACHED: Detail = {
  'zh-CN': '上面的问题解决后再检查',
  en: 'To be checked once the above is solved',
}
const NOBODY: Detail = {
  'zh-CN': '（用一个不存在的人员 ID 试的；若员工的消息能到达，可以不管）',
  en: ' (Tried with a member id that does not exist; ignore this if the messages of employees arrive.)',
}
const BY_HAND: Detail = {
  'zh-CN': '。在致远里办完的待办要在这里标为完成，或打开「在致远里已读的待办视为已处理」',
  en: ' To-dos handled in Seeyon must be marked done here, or turn on "To-dos read in Seeyon count as done".',
}
const BROWSER: Detail = {
  'zh-CN': '（从本服务器试的；若员工的浏览器能打开，可以不管）',
  en: ' (Tried from this server; ignore this if it opens in the browsers of employees.)',
}

/**
 * Tries what polling needs, in the order in which it depends on each other: address, account, tokens, member look-up,
 * messages, paging, to-dos, and the address that employees use. Without anybody mapped nobody's data is asked for: the
 * checks use a login name and a member id that do not exist, and say what they could not try.
 */
export async function testConnection(context: SeeyonContext, mapped?: MappedPeople): Promise<Check[]> {
  // What was cached answers for an earlier moment.
  forgetTokens(context.connectionId)
  const memberIds = (mapped?.externalIds ?? []).map(longId).filter((id) => id !== null)
  const [someone] = memberIds
  const [reachable, account] = await checkToken(context)
  const after = async (before: Check, name: string, attempt: () => Promise<Outcome>, note?: Detail) =>
    before.ok ? check(name, attempt, note) : skipped(name)
  const tokens = await after(account, 'tokens', () => checkTokens(context, someone, mapped?.count ?? 0))
  const members = await after(account, 'members', () => checkMembers(context))
  const nobody = context.settings.tokenMode === 'service' ? NOBODY : undefined
  const messages = await after(account, 'messages', () => checkMessages(context, someone), nobody)
  return [
    ...[reachable, account, tokens, members, messages],
    await after(messages, 'paging', () => checkPaging(context, memberIds)),
    await after(account, 'todos', () => checkTodos(context, someone), BY_HAND),
    await check('webUrl', () => checkWebUrl(context), BROWSER),
  ]
}

/** One check from one attempt. `note` is added to what went wrong, unless it is a plain matter of rights. */
async function check(name: string, attempt: () => Promise<Outcome>, note?: Detail): Promise<Check> {
  try {
    return { name, ...(await attempt()) }
  } catch (error) {
    if (!isConnectorError(error)) throw error
    const { kind, detail } = error
    if (!note || kind === 'unauthorized') return { name, ok: false, detail }
    return {
      name,
      ok: false,
      detail: { 'zh-CN': detail['zh-CN'] + note['zh-CN'], en: detail.en + note.en },
    }
  }
}

function skipped(name: string): Check {
  return { name, ok: false, detail: NOT_REACHED }
}

/** Address and account are one call: what came back tells which of them is wrong. */
async function checkToken(context: SeeyonContext): Promise<[Check, Check]> {
  const host = hostOf(context.settings.baseUrl)
  const answers: Detail = { 'zh-CN': `${host} 有答复`, en: `${host} answers` }
  try {
    await takeToken(context, 'service')
    const given: Detail = { 'zh-CN': '已取得令牌', en: 'A token was given' }
    return [
      { name: 'reachable', ok: true, detail: answers },
      { name: 'account', ok: true, detail: given },
    ]
  } catch (error) {
    if (!isConnectorError(error)) throw error
    if (error.kind !== 'unauthorized') {
      return [{ name: 'reachable', ok: false, detail: error.detail }, skipped('account')]
    }
    return [
      { name: 'reachable', ok: true, detail: answers },
      { name: 'account', ok: false, detail: error.detail },
    ]
  }
}

async function checkMembers(context: SeeyonContext): Promise<Outcome> {
  await findPerson(context, `huixin-${randomBytes(6).toString('hex')}`)
  return fine('可以按登录名查找人员', 'Members can be looked up by login name')
}

/** With one token for all a member id that does not exist will do; a token of somebody's own reads only theirs. */
async function checkMessages(context: SeeyonContext, someone: string | undefined): Promise<Outcome> {
  const { tokenMode, paging } = context.settings
  if (tokenMode === 'bound' && someone === undefined) {
    return fine(
      '没有检查：每人一个令牌时，要对应一位员工后才能试',
      'Not checked: with one token per employee this needs an employee who is mapped',
    )
  }
  const query: Record<string, string> =
    paging === 'legacy' ? { ispage: 'true' } : { pageNo: '1', pageSize: '1' }
  const memberId = tokenMode === 'bound' ? someone : undefined
  const segments = [memberId ?? randomBytes(8).readBigInt64BE().toString()]
  readRows(await callSeeyon(context, { endpoint: 'message/unread', segments, query, memberId }))
  if (memberId !== undefined) {
    return fine(
      '可以读取消息（用一位已对应的员工试的）',
      'Messages can be read (tried with an employee who is mapped)',
    )
  }
  return fine(
    '可以读取消息（用一个不存在的人员 ID 试的；对应员工后，再看他的消息是否到达）',
    'Messages can be read (tried with a member id that does not exist; map an employee to see theirs arrive)',
  )
}

/** Asks for the front page, as a browser would. */
async function checkWebUrl({ settings, signal }: SeeyonContext): Promise<Outcome> {
  const web = webUrlOf(settings)
  const address = `${web}/seeyon/`
  if (web === settings.baseUrl) {
    return fine(`与服务器地址相同：${address}`, `The same as the server address: ${address}`)
  }
  const { status } = await request({ url: address, allowedHosts: [hostOf(web)], timeoutMs: 10_000, signal })
  if (status === 404 || status >= 500) {
    throw seeyonError('misconfigured', `${address} 回了 ${status}`, `${address} answered with ${status}.`)
  }
  return fine(`${address} 有答复`, `${address} answers`)
}
