'use client'

import { usePathname, useSearchParams } from 'next/navigation'

type Place = {
  /** Null while everything is searched. */
  view: string | null
  connector: string | null
  connection: string | null
}

/** Where the reader is: the inbox's view and source, or null on another page. */
export function usePlace(): Place | null {
  const pathname = usePathname()
  const words = useSearchParams()
  if (pathname !== '/') return null
  const everywhere = words.get('q')?.trim() && words.get('within') !== 'true'
  return {
    view: everywhere ? null : (words.get('view') ?? 'todo'),
    connector: words.get('connector'),
    connection: words.get('connection'),
  }
}
