'use client'

import { Search, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useImperativeHandle, useRef, type ComponentProps } from 'react'
import { cn } from './class-names'
import { Input } from './input'

type Props = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type'> & {
  value: string
  onValueChange: (value: string) => void
  label: string
}

/** A search box with its glass and a way to empty it; Escape empties it too. Other keys are the caller's. */
export function SearchInput({
  value,
  onValueChange,
  label,
  className,
  ref: given,
  onKeyDown,
  ...props
}: Props) {
  const ref = useRef<HTMLInputElement>(null)
  useImperativeHandle(given, () => ref.current!)
  const t = useTranslations('common.action')
  const empty = () => {
    onValueChange('')
    ref.current?.focus()
  }
  return (
    <div className={cn('relative', className)}>
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-faint"
        aria-hidden
      />
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          // While an input method composes, Escape drops what it has composed.
          if (event.key === 'Escape' && value && !event.nativeEvent.isComposing) {
            event.stopPropagation()
            empty()
          } else onKeyDown?.(event)
        }}
        className="px-8.5 [&::-webkit-search-cancel-button]:hidden"
        {...props}
      />
      {value && (
        <button
          type="button"
          aria-label={t('clear')}
          onClick={empty}
          className="absolute inset-y-0 right-0 flex w-9 items-center justify-center rounded-md text-text-faint hover:text-text focus-visible:outline-offset-[-2px]"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      )}
    </div>
  )
}
