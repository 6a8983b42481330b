'use client'

import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { Tooltip } from './tooltip'

const style = cva(
  [
    'inline-flex shrink-0 items-center justify-center rounded-md transition-colors duration-[120ms] touch-target',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-pressed:text-accent data-[state=open]:bg-hover',
  ],
  {
    variants: {
      variant: {
        ghost: 'text-text-muted hover:bg-hover hover:text-text',
        secondary: 'border border-control/55 bg-surface text-text-muted hover:border-control hover:text-text',
      },
      size: { sm: 'size-6 [&_svg]:size-3.5', md: 'size-8 [&_svg]:size-4', lg: 'size-10 [&_svg]:size-5' },
    },
    defaultVariants: { variant: 'ghost', size: 'md' },
  },
)

type Props = Omit<ComponentProps<'button'>, 'aria-label'> &
  VariantProps<typeof style> & {
    /** What it does: its name for screen readers and its tip. */
    label: string
    keys?: string[]
    tip?: boolean
    side?: 'top' | 'right' | 'bottom' | 'left'
  }

/** A button that is only an icon. */
export function IconButton({ label, keys, tip = true, side, variant, size, className, ...props }: Props) {
  const button = (
    <button type="button" aria-label={label} className={cn(style({ variant, size }), className)} {...props} />
  )
  return tip ? (
    <Tooltip content={label} keys={keys} side={side}>
      {button}
    </Tooltip>
  ) : (
    button
  )
}
