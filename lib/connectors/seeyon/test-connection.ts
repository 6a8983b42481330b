import { randomBytes } from 'node:crypto'
import { isConnectorError, type Check, type Context } from '../contract'
import { hostOf, request } from '../http'
import { readRows, seeyonError } from './rest/answers'
import { callSeeyon } from './rest/client'
import { findPerson } from './find-person'
import { webUrlOf, type SeeyonSettings } from './settings'
import { forgetTokens, takeToken } from './rest/token'

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
const BROWSER: Detail = {
  'zh-CN': '（从本服务器试的；若员工的浏览器能打开，可以不管）',
  en: ' (Tried from this server; ignore this if it opens in the browsers of employees.)',
}

/**
 * Tries what polling needs, in the order in which it depends on each other: address, account, member look-up,
 * messages, and the address that employees use. Nobody's messages are read: the checks ask for a login name and
 * a member id that do not exist, so they cannot tell whether a given employee's messages come.
 */
export async function testConnection(context: SeeyonContext): Promise<Check[]> {
  // What was cached answers for an earlier moment.
  forgetTokens(context.connectionId)
  const [reachable, account] = await checkToken(context)
  return [
    reachable,
    account,
    account.ok ? await check('members', () => checkMembers(context)) : skipped('members'),
    account.ok ? await check('messages', () => checkMessages(context), NOBODY) : skipped('messages'),
    await check('webUrl', () => checkWebUrl(context), BROWSER),
  ]
}

/** One check from one attempt. `note` is added to what went wrong, unless it is a plain matter of rights. */
async function check(name: string, attempt: () => Promise<Detail>, note?: Detail): Promise<Check> {
  try {
    return { name, ok: true, detail: await attempt() }
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

async function checkMembers(context: SeeyonContext): Promise<Detail> {
  await findPerson(context, `huixin-${randomBytes(6).toString('hex')}`)
  return { 'zh-CN': '可以按登录名查找人员', en: 'Members can be looked up by login name' }
}

async function checkMessages(context: SeeyonContext): Promise<Detail> {
  const { tokenMode, paging } = context.settings
  if (tokenMode === 'bound') {
    return {
      'zh-CN': '没有检查：每人一个令牌时，要对应一位员工后才能试',
      en: 'Not checked: with one token per employee this needs an employee who is mapped',
    }
  }
  const nobody = randomBytes(8).readBigInt64BE().toString()
  const query: Record<string, string> =
    paging === 'legacy' ? { ispage: 'true' } : { pageNo: '1', pageSize: '1' }
  readRows(await callSeeyon(context, { endpoint: 'message/unread', segments: [nobody], query }))
  return {
    'zh-CN': '可以读取消息（用一个不存在的人员 ID 试的；对应员工后，再看他的消息是否到达）',
    en: 'Messages can be read (tried with a member id that does not exist; map an employee to see theirs arrive)',
  }
}

/** Asks for the front page, as a browser would. */
async function checkWebUrl({ settings, signal }: SeeyonContext): Promise<Detail> {
  const web = webUrlOf(settings)
  const address = `${web}/seeyon/`
  if (web === settings.baseUrl) {
    return { 'zh-CN': `与服务器地址相同：${address}`, en: `The same as the server address: ${address}` }
  }
  const { status } = await request({ url: address, allowedHosts: [hostOf(web)], timeoutMs: 10_000, signal })
  if (status === 404 || status >= 500) {
    throw seeyonError('misconfigured', `${address} 回了 ${status}`, `${address} answered with ${status}.`)
  }
  return { 'zh-CN': `${address} 有答复`, en: `${address} answers` }
}
