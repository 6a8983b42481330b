import { rows } from '@/lib/platform/db'

type LinkRow = {
  connectionId: string
  link: string | null
  linkRef: Record<string, string> | null
  sentAt: Date
  unread: boolean
}

/** What a message's original is opened by; null if the message is not the user's. */
export async function selectLink(userId: string, id: string): Promise<LinkRow | null> {
  const [row] = await rows<LinkRow>(
    null,
    `select m.connection_id::text as "connectionId", c.link, c.link_ref as "linkRef", c.sent_at as "sentAt",
       m.read_at is null as unread
     from messages m join contents c on c.id = m.content_id where m.user_id = $1::uuid and m.id = $2::bigint`,
    userId,
    id,
  )
  return row ?? null
}
