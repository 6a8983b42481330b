import type { Random } from '../../random'
import type { WireValue } from '../wire-json'

/** Somebody known to the simulated Seeyon. Every id is decimal text of a signed 64-bit number. */
export interface Member {
  id: string
  loginName: string
  name: string
  /** 人员编号; may be empty and is not a key. */
  code: string
  unit: string
  unitId: string
  department: string
  departmentId: string
  postId: string
  levelId: string
  /** false: disabled (停用). */
  enabled: boolean
  createdAt: number
}

/** One system message of one receiver. */
export interface SeeyonMessage {
  id: string
  /** Epoch milliseconds. */
  creationDate: number
  /** Epoch milliseconds from which lists show it (sending is queued in Seeyon). */
  visibleAt: number
  referenceId: string
  messageCategory: number
  messageContent: string
  messageType: number
  /** `-1` is an anonymous or system sender. */
  senderId: string
  senderName: string | null
  receiverId: string
  linkType: string | null
  /** 0 new window, 1 work area. */
  openType: number
  linkParams: (string | null)[]
  /** 1 普通, 2 重要, 3 非常重要; null leaves the field out, as older versions do. */
  importantLevel: number | null
  isRead: boolean
  /** Further fields, written after the known ones. */
  extra: Record<string, WireValue>
}

/** What a member still has to handle: one node of a collaboration (协同). */
export interface Affair {
  id: string
  /** Handling it reads every message of this reference. */
  referenceId: string
  subject: string
  receivedAt: number
}

/** A read mark that Seeyon has taken and not yet shown. */
export interface QueuedRead {
  memberId: string
  messageIds: string[]
  dueAt: number
}

/** All the simulator knows. Changed only through the functions below and `sending.ts`. */
export interface World {
  random: Random
  now(): number
  membersById: Map<string, Member>
  membersByLogin: Map<string, Member>
  /** Oldest first, per member id. */
  messages: Map<string, SeeyonMessage[]>
  /** What is still to be handled, by member id and then by its own, in the order in which it came. */
  affairs: Map<string, Map<string, Affair>>
  /** Every reference seen, for `linkurl` and for original pages. */
  references: Map<string, SeeyonMessage>
  /** The next one due comes first. */
  queuedReads: QueuedRead[]
  messageCount: number
}

/** Above this the simulator refuses more: a runaway script must not eat the machine. */
export const MAX_MESSAGES = 500_000

/** An empty Seeyon. `now` is the simulator's clock, in epoch milliseconds. */
export function createWorld(random: Random, now: () => number): World {
  return {
    random,
    now,
    membersById: new Map(),
    membersByLogin: new Map(),
    messages: new Map(),
    affairs: new Map(),
    references: new Map(),
    queuedReads: [],
    messageCount: 0,
  }
}

/** What a new member may be given; only `loginName` is needed. */
export type MemberInput = Partial<Omit<Member, 'loginName'>> & { loginName: string }

/** Adds a member, or changes the one with that login name. */
export function addMember(world: World, input: MemberInput): Member {
  const known = world.membersByLogin.get(input.loginName)
  if (known) {
    if (input.id !== undefined && input.id !== known.id)
      throw new Error(`${input.loginName} has id ${known.id}`)
    return Object.assign(known, input)
  }
  const { random } = world
  const member: Member = {
    id: input.id ?? random.longId(),
    loginName: input.loginName,
    name: input.name ?? input.loginName,
    code: input.code ?? '',
    unit: input.unit ?? '示例公司',
    unitId: input.unitId ?? unitId(world, input.unit ?? '示例公司'),
    department: input.department ?? '综合部',
    departmentId: input.departmentId ?? random.longId(),
    postId: input.postId ?? random.longId(),
    levelId: input.levelId ?? random.longId(),
    enabled: input.enabled ?? true,
    createdAt: input.createdAt ?? world.now(),
  }
  if (!/^-?\d+$/.test(member.id)) throw new Error(`member id ${member.id} is not a number`)
  if (world.membersById.has(member.id)) throw new Error(`member id ${member.id} is taken`)
  world.membersById.set(member.id, member)
  world.membersByLogin.set(member.loginName, member)
  world.messages.set(member.id, [])
  return member
}

function unitId(world: World, unit: string): string {
  for (const member of world.membersById.values()) if (member.unit === unit) return member.unitId
  return world.random.longId()
}

/** The member with that login name; throws when there is none. */
export function memberByLogin(world: World, loginName: string): Member {
  const member = world.membersByLogin.get(loginName)
  if (!member) throw new Error(`no member with login name ${loginName}`)
  return member
}

/** Takes read marks that show at `dueAt`; the queue stays ordered by it. */
export function queueRead(world: World, write: QueuedRead): void {
  let at = world.queuedReads.length
  while (at > 0 && (world.queuedReads[at - 1] as QueuedRead).dueAt > write.dueAt) at--
  world.queuedReads.splice(at, 0, write)
}

/** Applies the read marks that are due by now, or all. Called before anything looks at read state. */
export function settle(world: World, everything = false): void {
  const now = world.now()
  const notYet = world.queuedReads.findIndex((write) => !everything && write.dueAt > now)
  const due = world.queuedReads.splice(0, notYet < 0 ? world.queuedReads.length : notYet)
  for (const { memberId, messageIds } of due) {
    const ids = new Set(messageIds)
    for (const message of world.messages.get(memberId) ?? []) if (ids.has(message.id)) message.isRead = true
  }
}

/** A member's messages that lists show now, oldest first. */
export function visibleMessages(world: World, memberId: string): SeeyonMessage[] {
  settle(world)
  const now = world.now()
  return (world.messages.get(memberId) ?? []).filter((message) => message.visibleAt <= now)
}
