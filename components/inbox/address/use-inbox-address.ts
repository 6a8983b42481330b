'use client'

import { useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { useSession } from '@/components/shell/session-provider'
import { addressWords, filterOf, PANEL_WORDS, type InboxAddress } from './inbox-address'

const noPanelWords = Object.fromEntries(PANEL_WORDS.map((word) => [word, null]))

/** The inbox as the address says it, and what changes it. Opening a message is a step that Back takes back. */
export function useInboxAddress() {
  const [address, setAddress] = useQueryStates(addressWords, { history: 'push' })
  const { timeZone } = useSession()
  const { m: opened, ...words } = address
  const key = JSON.stringify(words)
  // The address is a new object with every render; a list must be asked for by what it says.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const filter = useMemo(() => filterOf(address, timeZone), [key, timeZone])

  const narrow = useCallback(
    (next: Partial<InboxAddress>) => void setAddress({ ...next, m: null }),
    [setAddress],
  )
  const clearPanel = useCallback(() => void setAddress({ ...noPanelWords, m: null }), [setAddress])
  /** Back to the whole view. */
  const widen = useCallback(
    () => void setAddress({ ...noPanelWords, connector: null, connection: null, m: null }),
    [setAddress],
  )
  const { q } = address
  /** Beginning and ending a search are steps that Back takes back; other words for it are none. */
  const search = useCallback(
    (next: string | null) => {
      if (next === q) return
      const history = next !== null && q !== null ? 'replace' : 'push'
      void setAddress({ q: next, m: null, ...(next === null ? { within: null } : {}) }, { history })
    },
    [setAddress, q],
  )
  /** From one message to the next is one step, not many. */
  const open = useCallback(
    (id: string | null) => void setAddress({ m: id }, { history: opened && id ? 'replace' : 'push' }),
    [setAddress, opened],
  )
  return { address, filter, opened, narrow, clearPanel, widen, search, open }
}
