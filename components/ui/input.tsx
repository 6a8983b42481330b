'use client'

import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { useFieldWiring } from './field'

/** How fields that are typed into look, shared with text areas and select buttons. */
export const controlStyle = cn(
  'w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-base text-text',
  'transition-colors duration-[120ms] hover:border-text-faint',
  'focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-offset-0 focus-visible:outline-ring',
  'aria-invalid:border-danger aria-invalid:focus-visible:border-danger aria-invalid:focus-visible:outline-danger',
  'disabled:cursor-not-allowed disabled:bg-hover disabled:text-text-muted',
)

/** One line of text. Inside a `Field` it is wired to the label by itself. */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  const wiring = useFieldWiring()
  return (
    <input
      type={type}
      className={cn(controlStyle, 'h-9 read-only:bg-hover pointer-coarse:h-11', className)}
      {...wiring}
      {...props}
    />
  )
}
