import { writeAudit } from '@/lib/auth/audit'
import type { SignedIn } from '@/lib/auth/signed-in'
import { normalizeUsername } from '@/lib/auth/username'
import type { Receiver } from '@/lib/connectors/contract'
import type { SendOutcome } from '@/lib/contracts/sending'
import { inTransaction } from '@/lib/platform/transaction'
import { AppError, type Locale } from '@/lib/shared/errors'
import { liveConnection, type LiveConnection } from '../connections/connection-settings'
import { usersIn, type UserThere } from './receiver-store'
import { pauseOf, saysAway, sendOne } from './send-one'

export type MessageToSend = { users: string[]; text: string; url?: string }

/** At once, besides the connector's own turns. */
const AT_ONCE = 8
const EXCERPT = 40

const WORDS = {
  away: { 'zh-CN': '系统暂时连不上', en: 'The system cannot be reached right now' },
  nobody: { 'zh-CN': '没有这个用户', en: 'There is no such user' },
}

/**
 * Sends a message to these users in the system of a connection, each once. What of it may have arrived is never
 * repeated here; once the system turns out to be away, nothing more is sent.
 * @throws AppError `not_found`; `conflict` where the connector cannot send, or no sender is set
 */
export async function sendToUsers(
  actor: Pick<SignedIn, 'id' | 'username'>,
  connectionId: string,
  message: MessageToSend,
  locale: Locale,
): Promise<SendOutcome[]> {
  const live = await sendingConnection(connectionId)
  const names = [...new Map(message.users.map((name) => [normalizeUsername(name), name]))]
  const found = await usersIn(
    connectionId,
    names.map(([username]) => username),
  )
  const users = new Map(found.map((user) => [user.username, user]))
  // Before the first goes out: there is no sending without its entry.
  await inTransaction((tx) => writeAudit(tx, { actor, ...entryOf(live, message, names.length) }))
  let away = pauseOf(live) > 0 ? (live.row.lastError ?? WORDS.away[locale]) : null
  const sendTo = async (name: string, user: UserThere | undefined): Promise<SendOutcome> => {
    if (!user) return { username: name, state: 'not_mapped', detail: WORDS.nobody[locale] }
    const to = receiverOf(user)
    if (!to) return { username: name, state: 'not_mapped', detail: null }
    if (away !== null) return { username: name, state: 'not_sent', detail: away }
    const { text, url = null } = message
    const result = await sendOne(live, to, { text, url, senderLoginName: null })
    const detail = result.state === 'sent' ? null : result.detail[locale]
    if (saysAway(result)) away ??= detail
    return { username: name, state: result.state, detail }
  }
  return inLanes(names, AT_ONCE, ([username, name]) => sendTo(name, users.get(username)))
}

async function sendingConnection(id: string): Promise<LiveConnection> {
  const live = await liveConnection(id)
  const { send } = live.connector
  if (!send || live.row.archivedAt) {
    const message = {
      'zh-CN': live.row.archivedAt ? '连接已归档，不能发送' : '这种系统不能从这里发送消息',
      en: live.row.archivedAt ? 'The connection is archived' : 'Messages cannot be sent to this system',
    }
    throw new AppError('conflict', { message })
  }
  if (send.ready(live.settings)) return live
  const message = {
    'zh-CN': '还没有填写发送者，请先在连接的设置里填写',
    en: 'No sender is set: enter one in the settings of the connection first',
  }
  throw new AppError('conflict', { message })
}

function receiverOf({ externalId, loginName }: UserThere): Receiver | null {
  if (externalId !== null) return { externalId }
  return loginName === null ? null : { loginName }
}

/** Who sent to how many; of the text no more than its beginning. */
function entryOf({ row }: LiveConnection, { text, url }: MessageToSend, receivers: number) {
  const characters = [...text]
  const excerpt = characters.slice(0, EXCERPT).join('') + (characters.length > EXCERPT ? '…' : '')
  return {
    action: 'connection.send',
    subject: row.id,
    detail: { receivers, text: excerpt, characters: characters.length, link: url !== undefined },
  }
}

/** Works through a list, so many at a time, and gives the answers in its order. */
async function inLanes<T, R>(items: T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  let next = 0
  const lane = async () => {
    for (let at = next++; at < items.length; at = next++) answers[at] = await work(items[at]!)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return answers
}
