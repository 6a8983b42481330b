import { escapeHtml, HTML_TYPE, type Answer } from '../../loopback-server'
import { jsonAnswer, NOT_FOUND, type Call, type Desk } from '../call'
import { answerPage } from './page'

const HANDSHAKE_MS = 5_000

/**
 * `/seeyon/login/sso`: asks the address of the plugin whose the ticket is, and shows the target as that member; a page
 * that says why not otherwise.
 */
export async function answerSignOn(desk: Desk, url: URL, closing: AbortSignal): Promise<Answer> {
  const { ssoName, ssoHandshakeUrl } = desk.options
  const from = url.searchParams.get('from')
  if (ssoName === null || ssoHandshakeUrl === null || from !== ssoName)
    return refusal(`没有 ${from ?? ''} 这个插件`)
  const target = url.searchParams.get('tourl') ?? ''
  if (!target.startsWith('/seeyon/')) return refusal('tourl 不是致远的地址')
  const loginName = await askHandshake(ssoHandshakeUrl, url.searchParams.get('ticket') ?? '', closing)
  const member = loginName === null ? undefined : desk.world.membersByLogin.get(loginName)
  if (!member?.enabled) return refusal('单点登录没有通过')
  return answerPage(desk, new URL(target, url), member.loginName)
}

async function askHandshake(address: string, ticket: string, closing: AbortSignal): Promise<string | null> {
  const url = new URL(address)
  url.searchParams.set('ticket', ticket)
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(HANDSHAKE_MS)])
    const response = await fetch(url, { redirect: 'manual', signal })
    return response.status === 200 ? (await response.text()).trim() : null
  } catch {
    return null
  }
}

function refusal(reason: string): Answer {
  return {
    status: 200,
    type: HTML_TYPE,
    body:
      '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>致远 OA（模拟）</title></head>' +
      `<body><main data-refused><h1>请登录</h1><p>${escapeHtml(reason)}</p></main></body></html>`,
  }
}

/**
 * Whose ticket it is: `rest/token/ticket` in JSON, where the server has it, and `thirdpartyController.do` in the
 * header `LoginName`. Neither needs a token.
 */
export function answerTicket(desk: Desk, call: Call, pathname: string): Answer {
  const ticket = call.query.get('ticket') ?? ''
  const member = desk.tickets.holder(ticket)
  if (pathname.endsWith('.do')) {
    const headers = member && { LoginName: member.loginName, MemberId: member.id }
    return { status: 200, type: HTML_TYPE, body: '', ...(headers && { headers }) }
  }
  if (desk.options.ticketCheck === 'controller') return NOT_FOUND
  if (!member) return jsonAnswer(call, { code: 1, message: '无效的ticket！' })
  const { code, loginName, name } = member
  return jsonAnswer(call, { code: 0, data: { code, loginName, name, telNumber: '', email: '' }, message: '' })
}
