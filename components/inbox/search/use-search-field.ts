'use client'

import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { ONE_PANE } from '@/components/shell/use-media'
import type { Inbox } from '../use-inbox'

/** The way into the search field and out of it again. On phones the field is only there while it is `open`. */
export function useSearchField({ address, opened, openBeside, search, cursor, order }: Inbox) {
  const field = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    // Back leads out of it as well.
    const close = () => setOpen(false)
    window.addEventListener('popstate', close)
    return () => window.removeEventListener('popstate', close)
  }, [])

  /** Into the field. At once: phones show their keyboard only within the touch. */
  const enter = () => {
    flushSync(() => {
      // What covers the list covers the field.
      if (opened && window.matchMedia(ONE_PANE).matches) openBeside(null)
      setOpen(true)
    })
    field.current?.focus()
    field.current?.select()
  }
  /** On to the rows, where there are any. */
  const toResults = () => {
    const row = cursor.activeId ?? order[0]
    if (!row) return
    field.current?.blur()
    cursor.place(row, true)
  }
  /** Out of the field, to the rows. */
  const leave = () => {
    setOpen(false)
    field.current?.blur()
    toResults()
  }
  const end = () => {
    search(null)
    setOpen(false)
  }
  return { field, open: open || address.q !== null, enter, toResults, leave, end }
}
