'use client'

import { Switch as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { useFieldWiring } from './field'

/** On or off, at once. */
export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  const wiring = useFieldWiring()
  return (
    <Radix.Root
      className={cn(
        'touch-target inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-control bg-control p-0.5 transition-colors duration-[120ms]',
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-55',
        className,
      )}
      {...wiring}
      {...props}
    >
      <Radix.Thumb className="block size-4.5 rounded-full bg-surface transition-transform duration-[120ms] data-[state=checked]:translate-x-4" />
    </Radix.Root>
  )
}
