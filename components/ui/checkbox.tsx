'use client'

import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { useFieldWiring } from './field'

/** Yes, no, or `"indeterminate"` (some of them). Its own label is the caller's: a `Field`, `aria-label`, or `label`. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  const wiring = useFieldWiring()
  return (
    <Radix.Root
      className={cn(
        'group touch-target inline-flex size-4.5 shrink-0 items-center justify-center rounded-sm border border-control bg-surface text-accent-text transition-colors duration-[120ms]',
        'hover:border-text-faint data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        'disabled:opacity-55 aria-invalid:border-danger',
        className,
      )}
      {...wiring}
      {...props}
    >
      <Radix.Indicator>
        <Check className="size-3.5 stroke-3 group-data-[state=indeterminate]:hidden" aria-hidden />
        <Minus className="hidden size-3.5 stroke-3 group-data-[state=indeterminate]:block" aria-hidden />
      </Radix.Indicator>
    </Radix.Root>
  )
}
