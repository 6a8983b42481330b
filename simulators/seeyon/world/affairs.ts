import type { Affair, Member, SeeyonMessage, World } from './world'

/** The link type of a message that asks for handling a collaboration; its linkParam0 is the affair. */
const PENDING = 'message.link.col.pending'

/** What a message asks for is pending from then on; a second message of the same affair (催办) adds nothing. */
export function openAffair(world: World, message: SeeyonMessage): void {
  const id = message.linkParams[0]
  if (message.linkType !== PENDING || typeof id !== 'string' || !/^-?\d+$/.test(id)) return
  const open = world.affairs.get(message.receiverId) ?? new Map<string, Affair>()
  world.affairs.set(message.receiverId, open)
  if (open.has(id)) return
  const { referenceId, messageContent: subject, creationDate: receivedAt } = message
  open.set(id, { id, referenceId, subject, receivedAt })
}

/** What a member still has to handle, the newest first. */
export function affairsOf(world: World, memberId: string): Affair[] {
  return [...(world.affairs.get(memberId)?.values() ?? [])].reverse()
}

/** Takes an affair off the member's list and returns it; throws when it is not on it. */
export function closeAffair(world: World, member: Member, affairId: string): Affair {
  const open = world.affairs.get(member.id)
  const closed = open?.get(affairId)
  if (!closed) throw new Error(`${member.loginName} has no affair ${affairId} to handle`)
  open?.delete(affairId)
  return closed
}
