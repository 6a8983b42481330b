import type { MessageFilter } from '@/lib/contracts/messages'

/** Where every answer is kept in the query client. Filters are hashed without what is undefined. */
export const queryKeys = {
  session: ['session'] as const,
  tokens: ['tokens'] as const,
  connectors: ['connectors'] as const,
  messages: {
    all: ['messages'] as const,
    lists: ['messages', 'list'] as const,
    list: (filter: MessageFilter) => ['messages', 'list', filter] as const,
    counts: ['messages', 'counts'] as const,
    details: ['messages', 'detail'] as const,
    detail: (id: string) => ['messages', 'detail', id] as const,
  },
}
