'use client'

import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd'

type Props = {
  content: ReactNode
  /** Keys that do the same, shown after the text. */
  keys?: string[]
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}

/** A short text about its child, on hover and on focus. Never the only place where something is said. */
export function Tooltip({ content, keys, side = 'top', children }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="floating z-50 flex max-w-72 items-center gap-2 px-2 py-1 text-xs data-[state=delayed-open]:animate-in data-[state=delayed-open]:duration-[120ms] data-[state=delayed-open]:fade-in-0"
        >
          {content}
          {keys?.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Around the app: how long tips wait. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}
