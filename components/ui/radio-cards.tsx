'use client'

import { RadioGroup as Radix } from 'radix-ui'
import { useId } from 'react'
import { cn } from './class-names'

type Props<V extends string> = {
  value: V
  onValueChange: (value: V) => void
  /** What is being chosen. */
  label: string
  options: { value: V; label: string; help?: string }[]
  className?: string
}

/** One of a few, each with a sentence on what it means. */
export function RadioCards<V extends string>({ value, onValueChange, label, options, className }: Props<V>) {
  const id = useId()
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => onValueChange(next as V)}
      aria-label={label}
      className={cn('flex flex-col gap-2', className)}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          aria-labelledby={`${id}-${option.value}`}
          aria-describedby={option.help ? `${id}-${option.value}-help` : undefined}
          className="group flex items-start gap-2.5 rounded-md border border-border bg-surface px-3 py-2.5 text-left transition-colors duration-[120ms] hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span
            className="mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-control bg-surface group-data-[state=checked]:border-accent"
            aria-hidden
          >
            <Radix.Indicator className="size-2 rounded-full bg-accent" />
          </span>
          <span className="flex flex-col">
            <span id={`${id}-${option.value}`} className="font-medium">
              {option.label}
            </span>
            {option.help && (
              <span id={`${id}-${option.value}-help`} className="text-sm text-text-muted">
                {option.help}
              </span>
            )}
          </span>
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
