'use client'

import { useTranslations } from 'next-intl'
import type { KeyboardEvent, RefObject } from 'react'
import { cn } from '@/components/ui/class-names'
import { Kbd } from '@/components/ui/kbd'
import { SearchInput } from '@/components/ui/search-input'
import { useShortcutsOn } from '../keys/use-keyboard'
import { SearchHelp } from './search-help'
import { useSearchText } from './use-search-text'

type Props = {
  field: RefObject<HTMLInputElement | null>
  /** What is searched for now. */
  q: string | null
  onSearch: (q: string | null) => void
  /** On to what was found. */
  onResults: () => void
  /** Escape in the empty field. */
  onLeave: () => void
  className?: string
}

/** Where the search is typed. Enter searches at once, then goes on to the list, as ↓ does; Escape empties, then leaves. */
export function SearchField({ field, q, onSearch, onResults, onLeave, className }: Props) {
  const t = useTranslations('inbox.search')
  const { text, type, searchNow, setComposing } = useSearchText(q, onSearch)
  const shortcuts = useShortcutsOn()

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onLeave()
    else if (event.key === 'ArrowDown') onResults()
    else if (event.key === 'Enter' && !searchNow()) onResults()
    else return
    event.preventDefault()
  }
  return (
    <div
      role="search"
      className={cn(
        'group/search flex items-center gap-1 max-md:flex-1 md:focus-within:w-64',
        q === null ? 'md:w-44' : 'md:w-64',
        className,
      )}
    >
      <div className="relative min-w-0 flex-1">
        <SearchInput
          ref={field}
          label={t('label')}
          placeholder={t('placeholder')}
          value={text}
          onValueChange={type}
          onKeyDown={press}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          aria-keyshortcuts={shortcuts ? '/' : undefined}
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          className="[&_input]:h-8 pointer-coarse:[&_input]:h-10"
        />
        {shortcuts && text === '' && (
          <span aria-hidden className="pointer-events-none absolute inset-y-0 right-1.5 flex items-center">
            <Kbd className="group-focus-within/search:hidden pointer-coarse:hidden">/</Kbd>
          </span>
        )}
      </div>
      <SearchHelp
        className={cn(
          'data-[state=open]:flex md:not-data-[state=open]:hidden md:group-focus-within/search:flex!',
          q !== null && 'md:flex!',
        )}
        onClose={() => field.current?.focus()}
      />
    </div>
  )
}
