'use client'

import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names'

type Props = {
  /** What is folded away. */
  label: ReactNode
  /** Where the page decides; else it is its own affair. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
  children: ReactNode
}

/** Something that most people need not see, one press away. */
export function Disclosure({ label, open, onOpenChange, className, children }: Props) {
  return (
    <details
      open={open}
      onToggle={(event) => onOpenChange?.(event.currentTarget.open)}
      className={cn('group/disclosure', className)}
    >
      <summary className="-ml-0.5 flex min-h-7 w-fit list-none items-center gap-1 rounded-md pr-1.5 text-text-muted transition-colors select-none hover:text-text pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 shrink-0 transition-transform group-open/disclosure:rotate-90"
          aria-hidden
        />
        {label}
      </summary>
      {children}
    </details>
  )
}
