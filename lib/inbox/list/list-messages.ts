import type { Counts, Message, MessageDetail, MessageFilter } from '@/lib/contracts/messages'
import { AppError } from '@/lib/shared/errors'
import { bigintText } from '../bigint-text'
import { countByConnection, currentNumber, selectByIds, selectMessages, selectSources } from './list-store'
import { presentMessage } from './present'
import { tellStory } from './story'

export type Page = { items: Message[]; nextCursor: string | null; watermark: string }

/**
 * A page of the user's messages, newest first. The watermark is read before the page: nothing at or below it can
 * be missing from what the user was shown.
 */
export async function listMessages(
  userId: string,
  filter: MessageFilter,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page> {
  const watermark = await currentNumber(userId)
  const after = cursor === undefined ? null : decodeCursor(cursor)
  const found = await selectMessages(userId, filter, { limit: limit + 1, after })
  const last = found.length > limit ? found[limit - 1]! : null
  return {
    items: found.slice(0, limit).map(presentMessage),
    nextCursor: last && encodeCursor({ sentAt: last.sent_at.toISOString(), id: last.id }),
    watermark,
  }
}

/** The user's message of that id; `not_found` for anybody else's. */
export async function getMessage(userId: string, id: string): Promise<MessageDetail> {
  const [row] = await selectByIds(userId, [bigintText(id)])
  const story = row && (await tellStory(userId, row.id))
  if (!row || !story) throw new AppError('not_found')
  return { ...presentMessage(row), fields: row.fields, ...story }
}

/** How many messages each view of the user holds. */
export async function countMessages(userId: string): Promise<Counts> {
  const [found, sources] = await Promise.all([countByConnection(userId), selectSources(userId)])
  const views = { todo: 0, unread: 0, cc: 0, starred: 0, snoozed: 0, done: 0 }
  const byConnector: Record<string, number> = {}
  const byConnection: Record<string, number> = {}
  for (const row of found) {
    for (const view of Object.keys(views) as (keyof typeof views)[]) views[view] += row[view]
    byConnector[row.connector] = (byConnector[row.connector] ?? 0) + row.unread
    byConnection[row.connection_id] = row.unread
  }
  const connections = sources.map(({ failing_since: since, ...source }) => ({
    ...source,
    failingSince: since?.toISOString() ?? null,
  }))
  return { views, unread: views.unread, todo: views.todo, byConnector, byConnection, connections }
}

type Position = { sentAt: string; id: string }

function encodeCursor({ sentAt, id }: Position): string {
  return Buffer.from(`${sentAt} ${id}`).toString('base64url')
}

function decodeCursor(cursor: string): Position {
  const [sentAt = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (Number.isNaN(Date.parse(sentAt)) || !/^\d{1,19}$/.test(id)) {
    throw new AppError('invalid_input', { fields: { cursor: 'cursor' } })
  }
  return { sentAt, id: bigintText(id) }
}
