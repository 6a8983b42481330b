import type { ReactNode } from 'react'
import { cn } from './class-names'

const tones = {
  neutral: 'bg-hover text-text-muted',
  danger: 'bg-danger-soft text-danger',
  warning: 'bg-warning-soft text-warning',
}

/** One sentence over a form: why it did not go through, or why one is here. */
export function Notice({ tone = 'neutral', children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <p role={tone === 'neutral' ? 'status' : 'alert'} className={cn('rounded-md px-3 py-2', tones[tone])}>
      {children}
    </p>
  )
}
