'use client'

import { openMessage } from '@/lib/contracts/messages'
import { addressOf } from '@/lib/client/call'
import { viewHref } from '@/components/shell/views'
import type { Inbox } from '../use-inbox'
import type { Command } from './keyboard-map'
import { useKeyboard } from './use-keyboard'

/** Opens the original in a new tab, as its link does. */
export function openOriginal(id: string): void {
  window.open(addressOf(openMessage.path, { id }), '_blank', 'noopener')
}

type Handlers = { onHelp: () => void; onSearch: () => void }

/** What the keys do in the inbox. Gives the same for buttons that stand for keys. */
export function useInboxKeys(inbox: Inbox, { onHelp, onSearch }: Handlers): (command: Command) => boolean {
  const { order, cursor, opened, picked, messages } = inbox

  const move = (by: 1 | -1): boolean => {
    const at = cursor.activeId ?? opened
    const index = at === null ? -1 : order.indexOf(at)
    const next = index < 0 ? order[0] : order[index + by]
    if (!next) return order.length > 0
    cursor.place(next, true)
    // What is beside the list goes along.
    if (opened) inbox.open(next)
    return true
  }
  const close = (): boolean => {
    if (picked.ids.size > 0) inbox.pickNone()
    else if (opened) {
      inbox.openBeside(null)
      cursor.place(opened, true)
    } else if (inbox.address.q) inbox.search(null)
    else return false
    return true
  }
  const one = (then: (id: string) => void): boolean => {
    const id = cursor.activeId ?? opened
    if (id) then(id)
    return id !== null
  }
  const wish = (what: Parameters<Inbox['wish']>[0]): boolean => {
    const ids = inbox.targets()
    inbox.wish(what, ids)
    return ids.length > 0
  }
  const run = (command: Command): boolean => {
    if (typeof command === 'object') {
      window.history.pushState(null, '', viewHref(command.go))
      return true
    }
    switch (command) {
      case 'next':
        return move(1)
      case 'previous':
        return move(-1)
      case 'open':
        return one(inbox.open)
      case 'openOriginal':
        return one((id) => {
          if (messages.find((message) => message.id === id)?.hasLink !== false) openOriginal(id)
        })
      case 'select':
        return one((id) => inbox.pick(id, false))
      case 'undo':
        void inbox.undo()
        return true
      case 'search':
        onSearch()
        return true
      case 'help':
        onHelp()
        return true
      case 'close':
        return close()
      case 'goTo':
        return false
      case 'done':
      case 'read':
      case 'unread':
      case 'star':
      case 'snooze':
        return wish(command)
    }
  }
  useKeyboard(run)
  return run
}
