'use client'

import { useState } from 'react'

/**
 * Sends focus back to what opened a dialog: dialogs here are opened by state and have no trigger of their own.
 * Call it in what is mounted as the dialog opens; give the answer to `onCloseAutoFocus`.
 */
export function useFocusReturn(): (event: Event) => void {
  const [opener] = useState(whatOpened)
  return (event) => {
    event.preventDefault()
    if (opener?.isConnected) opener.focus()
  }
}

function whatOpened(): HTMLElement | null {
  if (typeof document === 'undefined') return null
  const focused = document.activeElement
  // A menu is gone as soon as one of its items was chosen; its button stays.
  const menu = focused?.closest('[role=menu]')
  const button = menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
  return (button ?? focused) as HTMLElement | null
}
