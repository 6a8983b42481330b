'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { LoadFailed, Stale } from './load-failed'
import { TableSkeleton } from './table-skeleton'

type Pages<Item> = { pages: { items: Item[] }[] }
type Query = Parameters<typeof LoadFailed>[0]['query'] & {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

/** All that is loaded of a list; nothing while none of it is. */
export function itemsOf<Item>(data: Pages<Item> | undefined): Item[] | undefined {
  return data?.pages.flatMap(({ items }) => items)
}

type Props<Item> = {
  query: Query & { data: Pages<Item> | undefined }
  /** Said when nothing of it could be loaded. */
  failed: string
  more: string
  children: (items: Item[]) => ReactNode
}

/** A list that comes page by page: its rows to come, why they do not, or what there is and the way to more. */
export function PageList<Item>({ query, failed, more, children }: Props<Item>) {
  const items = itemsOf(query.data)
  if (!items) return query.error ? <LoadFailed query={query} title={failed} /> : <TableSkeleton />
  return (
    <>
      <Stale query={query} />
      {children(items)}
      <LoadMore query={query} label={more} className="mt-4" />
    </>
  )
}

/** Loads the next page, as long as there is one. */
export function LoadMore({ query, label, className }: { query: Query; label: string; className?: string }) {
  if (!query.hasNextPage) return null
  return (
    <div className={className}>
      <Button
        className="w-full"
        onClick={() => void query.fetchNextPage()}
        loading={query.isFetchingNextPage}
      >
        {label}
      </Button>
    </div>
  )
}
