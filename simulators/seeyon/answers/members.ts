import type { Answer } from '../../loopback-server'
import { jsonAnswer, NOT_FOUND, type Call, type Desk } from '../call'
import { memberToWire } from '../world/message-json'
import type { WireValue } from '../wire-json'
import type { Member } from '../world/world'

/**
 * `orgMember?loginName=`, `orgMember/{id}`: one object, `null` when unknown.
 * `orgAccounts`, `orgMembers/{unitId}`, `orgMembers/code/{code}`, `orgMembers/name/{name}`: arrays whose
 * paging starts at pageNo 0, unlike the messages'.
 */
export function answerMembers(desk: Desk, call: Call): Answer {
  const [first, second, third] = call.segments
  const members = [...desk.world.membersById.values()]
  if (first === 'orgMember') {
    const member =
      second === undefined
        ? desk.world.membersByLogin.get(call.query.get('loginName') ?? '')
        : desk.world.membersById.get(second)
    return jsonAnswer(call, member ? memberToWire(member) : null)
  }
  if (first === 'orgAccounts') return jsonAnswer(call, units(members))
  if (second === 'code')
    return list(call, third === undefined ? [] : members.filter(({ code }) => code === third))
  if (second === 'name')
    return list(
      call,
      members.filter(({ name }) => name === third),
    )
  if (second === undefined) return NOT_FOUND
  return list(
    call,
    members.filter(({ unitId, enabled }) => unitId === second && enabled),
  )
}

function list(call: Call, members: Member[]): Answer {
  const size = wholeNumber(call.query.get('pageSize'), members.length || 1)
  const from = wholeNumber(call.query.get('pageNo'), 0) * size
  return jsonAnswer(call, members.slice(from, from + size).map(memberToWire))
}

function units(members: Member[]): WireValue {
  const names = new Map(members.map((member) => [member.unitId, member.unit]))
  return [...names].map(([id, name]) => ({ id: BigInt(id), name, enabled: true, isGroup: false }))
}

/** A query value as a whole number ≥ 0, else the given default. */
export function wholeNumber(value: string | null, otherwise: number): number {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : otherwise
}
