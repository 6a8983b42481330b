'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { Message, MessageFilter } from '@/lib/contracts/messages'
import { itemsOf, watermarkOf } from '@/lib/client/messages/list'
import { messageQuery, messagesQuery } from '@/lib/client/queries'
import { withHeld } from './list-items'

/** A list as far as it is loaded, with the opened message kept in it at its place, whatever becomes of it. */
export function useMessageList(filter: MessageFilter, openedId: string | null) {
  const query = useInfiniteQuery(messagesQuery(filter))
  const { data, isFetchingNextPage, hasNextPage, fetchNextPage } = query
  const inView = useMemo(() => itemsOf(data), [data])
  const held = useHeld(inView, openedId)
  const messages = useMemo(() => withHeld(inView, held), [inView, held])

  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !query.isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, query.isFetchNextPageError, fetchNextPage])
  return { query, messages, watermark: watermarkOf(data), onEnd }
}

/** The opened message once it was seen in the list; as it looks now, not as it was then. */
function useHeld(inView: Message[], openedId: string | null): Message | null {
  const [held, setHeld] = useState<Message | null>(null)
  const here = inView.find(({ id }) => id === openedId)
  const { data: opened } = useQuery({ ...messageQuery(openedId ?? ''), enabled: openedId !== null })
  const next = here ?? (held && held.id === openedId ? held : null)
  if (next !== held) setHeld(next)
  return useMemo(() => (next && opened ? { ...next, ...opened } : next), [next, opened])
}
