import { LINK_TYPES } from './link-types'
import { subjectsOf } from './subjects'
import type { WireValue } from '../wire-json'
import { openAffair } from './affairs'
import { MAX_MESSAGES, memberByLogin, settle, type SeeyonMessage, type World } from './world'

/** What a message may be given; whatever is missing gets a likely value. */
export interface MessageInput {
  id?: string
  /** Epoch milliseconds, default now. */
  creationDate?: number
  /** Milliseconds until lists show it, default 0. */
  delayMs?: number
  referenceId?: string
  messageCategory?: number
  messageContent?: string
  /** What it is about, for a content that is made up. */
  subject?: string
  messageType?: number
  /** Login name of a member who sends; gives senderId and senderName. */
  from?: string
  senderId?: string
  senderName?: string | null
  /** Default `message.link.col.pending`; null for a message that leads nowhere. */
  linkType?: string | null
  openType?: number
  /** linkParam0 …; default: the reference, then nulls. */
  linkParams?: (string | null)[]
  importantLevel?: number | null
  isRead?: boolean
  extra?: Record<string, WireValue>
}

/** Puts one message into a member's list and returns it. */
export function sendMessage(world: World, loginName: string, input: MessageInput = {}): SeeyonMessage {
  if (world.messageCount >= MAX_MESSAGES)
    throw new Error(`the simulator holds at most ${MAX_MESSAGES} messages`)
  const receiver = memberByLogin(world, loginName)
  const sender = input.from === undefined ? undefined : memberByLogin(world, input.from)
  const linkType = input.linkType === undefined ? 'message.link.col.pending' : input.linkType
  const known = linkType === null ? undefined : LINK_TYPES[linkType]
  const senderName = input.senderName === undefined ? (sender?.name ?? '系统管理员') : input.senderName
  const referenceId = input.referenceId ?? world.random.longId()
  const creationDate = input.creationDate ?? world.now()
  const messageCategory = input.messageCategory ?? known?.category ?? 0
  const subject = input.subject ?? world.random.pick(subjectsOf(messageCategory))
  const message: SeeyonMessage = {
    id: input.id ?? world.random.longId(),
    creationDate,
    visibleAt: world.now() + (input.delayMs ?? 0),
    referenceId,
    messageCategory,
    messageContent:
      input.messageContent ?? sampleContent(known?.sample ?? '{who}：{what}', senderName, subject),
    messageType: input.messageType ?? 0,
    senderId: input.senderId ?? sender?.id ?? '-1',
    senderName,
    receiverId: receiver.id,
    linkType,
    openType: input.openType ?? 0,
    linkParams: Array.from({ length: 10 }, (_, index) =>
      input.linkParams ? (input.linkParams[index] ?? null) : index === 0 ? referenceId : null,
    ),
    importantLevel: input.importantLevel ?? null,
    isRead: input.isRead ?? false,
    extra: input.extra ?? {},
  }
  for (const id of [message.id, message.referenceId, message.senderId]) {
    if (!/^-?\d+$/.test(id)) throw new Error(`${id} is not a number`)
  }
  const list = world.messages.get(receiver.id) as SeeyonMessage[]
  if (input.id !== undefined && list.some(({ id }) => id === input.id))
    throw new Error(`${loginName} has ${input.id}`)
  insert(list, message)
  openAffair(world, message)
  world.references.set(referenceId, message)
  world.messageCount++
  return message
}

function sampleContent(sample: string, who: string | null, what: string): string {
  return sample.replace('{who}', () => who ?? '匿名').replace('{what}', () => what)
}

/** Keeps the list ordered by creation; equal times keep the order of arrival. */
function insert(list: SeeyonMessage[], message: SeeyonMessage): void {
  let at = list.length
  while (at > 0 && (list[at - 1] as SeeyonMessage).creationDate > message.creationDate) at--
  list.splice(at, 0, message)
}

/** Which messages of a member are meant: those ids, one reference, or all. */
export type Selection = { loginName: string } & (
  { messageIds: string[] } | { referenceId: string } | { all: true }
)

function selected(world: World, selection: Selection): SeeyonMessage[] {
  const { id } = memberByLogin(world, selection.loginName)
  const list = world.messages.get(id) ?? []
  if ('messageIds' in selection) {
    const ids = new Set(selection.messageIds)
    return list.filter((message) => ids.has(message.id))
  }
  if ('referenceId' in selection)
    return list.filter((message) => message.referenceId === selection.referenceId)
  return [...list]
}

/** Marks as if done in Seeyon itself: at once. Handling an item there reads all messages of its reference. */
export function setRead(world: World, selection: Selection, isRead: boolean): string[] {
  settle(world)
  const changed = selected(world, selection).filter((message) => message.isRead !== isRead)
  for (const message of changed) message.isRead = isRead
  return changed.map((message) => message.id)
}

/** Takes messages away altogether, as purging in Seeyon does: gone from `unread` and from `all`. */
export function removeMessages(world: World, selection: Selection): string[] {
  const gone = new Set(selected(world, selection))
  const { id } = memberByLogin(world, selection.loginName)
  world.messages.set(
    id,
    (world.messages.get(id) ?? []).filter((message) => !gone.has(message)),
  )
  world.messageCount -= gone.size
  return [...gone].map((message) => message.id)
}
