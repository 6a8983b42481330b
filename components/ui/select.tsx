'use client'

import { Check, ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './class-names'
import { useFieldWiring } from './field'
import { controlStyle } from './input'

export type SelectOption = { value: string; label: ReactNode; disabled?: boolean }

type Props = {
  value: string
  onValueChange: (value: string) => void
  options: SelectOption[]
  placeholder?: string
  /** Its name where no `Field` gives one. */
  label?: string
  disabled?: boolean
  size?: 'sm' | 'md'
  className?: string
}

/** One of a few. For many, use a search. */
export function Select({
  value,
  onValueChange,
  options,
  placeholder,
  label,
  disabled,
  size = 'md',
  className,
}: Props) {
  const wiring = useFieldWiring()
  const t = useTranslations('common.field')
  return (
    <Radix.Root value={value} onValueChange={onValueChange} disabled={disabled}>
      <Radix.Trigger
        aria-label={label}
        className={cn(
          controlStyle,
          'flex items-center justify-between gap-2 text-left data-[placeholder]:text-text-faint pointer-coarse:h-11',
          size === 'sm' ? 'h-8' : 'h-9',
          className,
        )}
        {...wiring}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder ?? t('choose')} />
        </span>
        <Radix.Icon className="text-text-faint">
          <ChevronDown className="size-4" aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden data-[state=open]:animate-in data-[state=open]:duration-[120ms] data-[state=open]:fade-in-0"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="relative flex min-h-8 cursor-default items-center rounded-md py-1 pr-8 pl-2 text-base outline-none select-none data-[disabled]:opacity-55 data-[highlighted]:bg-hover pointer-coarse:min-h-11"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className="absolute right-2 text-accent">
                  <Check className="size-4" aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
