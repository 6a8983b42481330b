import { JSON_TYPE, TEXT_TYPE, type Answer } from '../../loopback-server'
import { jsonAnswer, NOT_FOUND, serverError, type Call, type Desk } from '../call'
import { INVALID_TOKEN } from '../faults/play-fault'
import type { Token } from '../world/tokens'
import { parseJsonText, type WireValue } from '../wire-json'
import type { Member, World } from '../world/world'

/**
 * `POST /token`, `GET /token/{user}/{password}`, `PUT /token`: gets or binds a token.
 * Accept decides between JSON, XML and plain text.
 */
export function answerToken(desk: Desk, call: Call): Answer {
  const [, user, password] = call.segments
  if (call.method === 'GET') {
    if (user === undefined || password === undefined) return NOT_FOUND
    return issue(desk, call, user, password, call.query.get('loginName'))
  }
  if (call.method === 'PUT') return bind(desk, call)
  if (call.method !== 'POST') return NOT_FOUND
  // Seen beside the documented call: POST /token/?loginName=… with a token binds it.
  if (call.token && call.query.has('loginName'))
    return bindTo(desk, call, call.token, call.query.get('loginName'))
  const body = readObject(call.body)
  if (!body) return serverError('body is not a JSON object')
  const member = text(body.loginName) ?? text(body.memberId) ?? text(body.code)
  return issue(desk, call, text(body.userName) ?? '', text(body.password) ?? '', member)
}

function issue(desk: Desk, call: Call, user: string, password: string, member: string | null): Answer {
  const token = desk.tokens.issue(user, password, member === null ? null : findMember(desk.world, member))
  if (token) return tokenAnswer(desk, call, token)
  if (desk.options.badCredentials === 'status404') return NOT_FOUND
  if (desk.options.badCredentials === 'status401') return INVALID_TOKEN
  return { status: 200, type: JSON_TYPE, body: '{"id":"-1"}' }
}

function bind(desk: Desk, call: Call): Answer {
  const body = readObject(call.body)
  if (!body) return serverError('body is not a JSON object')
  const token = desk.tokens.use(text(body.token) ?? '') ?? call.token
  return token ? bindTo(desk, call, token, text(body.loginName)) : INVALID_TOKEN
}

function bindTo(desk: Desk, call: Call, token: Token, loginName: string | null): Answer {
  token.boundTo = loginName === null ? null : findMember(desk.world, loginName)
  return tokenAnswer(desk, call, token)
}

function tokenAnswer(desk: Desk, call: Call, token: Token): Answer {
  const accept = String(call.headers.accept ?? '*/*')
  if (accept.includes('application/xml')) {
    return { status: 200, type: 'application/xml;charset=UTF-8', body: tokenXml(token) }
  }
  // Without Accept the vendor's GET answers 有时字符串,有时json: here every second one is text.
  const careless = call.method === 'GET' && !accept.includes('json') && !accept.includes('text/plain')
  if (accept.includes('text/plain') || (careless && desk.tokens.issued() % 2 === 1)) {
    return { status: 200, type: TEXT_TYPE, body: token.id }
  }
  return jsonAnswer(call, {
    bindingUser: token.boundTo ? bindingUser(desk, token.boundTo) : null,
    userName: token.userName,
    id: token.id,
  })
}

function tokenXml(token: Token): string {
  const user = token.boundTo
    ? `<bindingUser><id>${token.boundTo.id}</id><loginName>${token.boundTo.loginName}</loginName></bindingUser>`
    : '<bindingUser/>'
  return `<UserToken>${user}<id>${token.id}</id></UserToken>`
}

function bindingUser(desk: Desk, member: Member): WireValue {
  return {
    id: BigInt(member.id),
    loginName: member.loginName,
    name: member.name,
    sessionId: `session-${member.loginName}`,
    loginAccount: BigInt(member.unitId),
    departmentId: BigInt(member.departmentId),
    postId: BigInt(member.postId),
    userAgentFrom: 'rest',
    loginState: 'logging',
    loginTimestamp: desk.world.now(),
    loginLogId: BigInt(member.levelId),
    locale: 'zh_CN',
    timeZone: 'Asia/Shanghai',
  }
}

function findMember(world: World, key: string): Member | null {
  const direct = world.membersByLogin.get(key) ?? world.membersById.get(key)
  if (direct) return direct
  for (const member of world.membersById.values())
    if (member.code !== '' && member.code === key) return member
  return null
}

/** A request body as an object, or null when it is none. */
export function readObject(body: string): { readonly [key: string]: WireValue | undefined } | null {
  try {
    const value = parseJsonText(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { readonly [key: string]: WireValue })
      : null
  } catch {
    return null
  }
}

/** Text or a number as text; anything else is null. */
export function text(value: WireValue | undefined): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null
}
