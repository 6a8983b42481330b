'use client'

import { useEffect, useState } from 'react'
import { searchWords } from '../address/inbox-address'

/** After so many milliseconds without a key, what is typed is searched for. */
const PAUSE = 200

/**
 * The text of the search field and the search in the address, each following the other: what is typed is searched
 * for after a pause, nothing at once; another address (Back, a link) says what the field holds. Letters that an input
 * method still composes are nobody's words yet.
 */
export function useSearchText(q: string | null, onSearch: (q: string | null) => void) {
  const [text, setText] = useState(q ?? '')
  const [shown, setShown] = useState(q)
  const [composing, setComposing] = useState(false)
  if (shown !== q) {
    setShown(q)
    // A space after the last word is still being typed.
    if (searchWords(text) !== q) setText(q ?? '')
  }
  const words = searchWords(text)

  useEffect(() => {
    if (composing || words === q) return
    const timer = setTimeout(() => onSearch(words), PAUSE)
    return () => clearTimeout(timer)
  }, [words, q, composing, onSearch])

  const type = (next: string) => {
    setText(next)
    if (next === '' && q !== null) onSearch(null)
  }
  /** Searches without waiting; false where that is done already. */
  const searchNow = (): boolean => {
    if (words === q) return false
    onSearch(words)
    return true
  }
  return { text, type, searchNow, setComposing }
}
