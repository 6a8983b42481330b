import { createCompanyTraffic, createPushBuilders, type MessagePush, type Recipient } from '../jiandaoyun'
import { createRandom, type Random } from '../random'
import type { MessageInput, SeeyonSimulator } from '../seeyon'
import { STRANGERS } from './cast'

/** What happens in the two systems; each call is one thing. */
export interface Stories {
  /** The next pushes of Jiandaoyun, in the order in which they are sent. */
  pushes(): MessagePush[]
  /** A push to somebody whom nobody has mapped. */
  strangerPush(): MessagePush
  /** Puts a message into Seeyon. */
  seeyonMessage(): void
  /** Somebody reads in Seeyon itself; false when there is nothing to read. */
  readInSeeyon(): boolean
}

/** Link types as often as an office meets them. */
const LINK_TYPES: readonly [linkType: string, parts: number][] = [
  ['message.link.col.pending', 8],
  ['message.link.col.done.detail', 3],
  ['message.link.edoc.pending', 3],
  ['message.link.mt.send', 2],
  ['message.link.bulletin.open', 2],
  ['message.link.news.open', 1],
  ['message.link.inquiry.send', 1],
  ['message.link.bbs_reply', 1],
  ['message.link.plan.reply', 1],
  ['message.link.taskmanage.view', 2],
  ['message.link.cal.view', 1],
  ['message.link.doc.open.recommend', 1],
  ['message.link.webservice.message', 1],
]
const LINK_TYPE_BAG = LINK_TYPES.flatMap(([linkType, parts]) => Array.from({ length: parts }, () => linkType))

/** Stories about these people. `now` is the clock that messages are dated by. */
export function createStories(
  seeyon: SeeyonSimulator,
  people: readonly Recipient[],
  options: { seed: number; origin: string; now: () => number },
): Stories {
  const { seed, origin, now } = options
  const random = createRandom(seed)
  const traffic = createCompanyTraffic({ people, seed, origin, now })
  const build = createPushBuilders({ random, origin, now })
  return {
    pushes: () => traffic.next().pushes,
    strangerPush: () =>
      build.flow('flow_forward', {
        to: [random.pick(STRANGERS)],
        entryName: '采购申请',
        content: `申请人: ${random.pick(people).name}\n物品: 办公椅\n数量: ${random.int(1, 9)}`,
      }),
    seeyonMessage: () => sendOne(seeyon, people, random, now()),
    readInSeeyon: () => readOne(seeyon, people, random),
  }
}

function sendOne(seeyon: SeeyonSimulator, people: readonly Recipient[], random: Random, at: number): void {
  const from = random.pick(people).username
  const linkType = random.pick(LINK_TYPE_BAG)
  const input: MessageInput = {
    from,
    linkType,
    creationDate: at,
    importantLevel: random.chance(0.12) ? 3 : 1,
  }
  const isForAll = linkType === 'message.link.bulletin.open' || linkType === 'message.link.news.open'
  if (!isForAll) {
    seeyon.send(random.pick(people).username, input)
    return
  }
  // A bulletin is one object for everybody: the same reference and text under each receiver.
  const [first, ...others] = people
  if (!first) return
  const { referenceId, messageContent } = seeyon.send(first.username, input)
  for (const { username } of others) seeyon.send(username, { ...input, referenceId, messageContent })
}

function readOne(seeyon: SeeyonSimulator, people: readonly Recipient[], random: Random): boolean {
  const reader = random.shuffle(people).find(({ username }) => seeyon.unread(username).length > 0)
  if (!reader) return false
  const id = random.pick(seeyon.unread(reader.username))
  return seeyon.markRead({ loginName: reader.username, messageIds: [id] }).length > 0
}
