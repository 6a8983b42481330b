'use client'

import { useTranslations } from 'next-intl'
import { cn } from '@/components/ui/class-names'

const STEPS = ['file', 'check', 'done'] as const

/** Where in the import one is. */
export function Steps({ current }: { current: (typeof STEPS)[number] }) {
  const t = useTranslations('import.step')
  return (
    <ol className="mb-6 flex flex-wrap gap-x-6 gap-y-1 border-b border-border">
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className={cn(
            '-mb-px border-b-2 border-transparent py-2 text-text-faint',
            step === current && 'border-accent font-medium text-text',
          )}
        >
          {index + 1}. {t(step)}
        </li>
      ))}
    </ol>
  )
}
