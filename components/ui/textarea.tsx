'use client'

import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { useFieldWiring } from './field'
import { controlStyle } from './input'

/** Several lines of text; grows with them where the browser can. */
export function Textarea({ className, rows = 3, ...props }: ComponentProps<'textarea'>) {
  const wiring = useFieldWiring()
  return (
    <textarea
      rows={rows}
      className={cn(controlStyle, 'field-sizing-content max-h-64 min-h-18 resize-y py-1.5', className)}
      {...wiring}
      {...props}
    />
  )
}
