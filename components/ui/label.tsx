import { Label as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './class-names'

/** The name of a control. */
export function Label({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cn('text-base font-medium text-text', className)} {...props} />
}
