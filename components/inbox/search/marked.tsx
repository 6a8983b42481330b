'use client'

import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { highlight, needlesOf } from './highlight'

const NeedlesContext = createContext<string[]>([])

/** What is searched for is marked in everything below. */
export function SearchMarks({ q, children }: { q: string | null; children: ReactNode }) {
  const needles = useMemo(() => needlesOf(q), [q])
  return <NeedlesContext value={needles}>{children}</NeedlesContext>
}

/** What texts are searched for. */
export function useNeedles(): string[] {
  return useContext(NeedlesContext)
}

/** A text with what was searched for marked in it. Text it stays, whatever is in it. */
export function Marked({ text }: { text: string }) {
  const needles = useNeedles()
  const parts = useMemo(() => highlight(text, needles), [text, needles])
  return parts.map((part, index) =>
    part.hit ? (
      <mark key={index} className="rounded-sm bg-accent/20 text-text dark:bg-accent/30">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
