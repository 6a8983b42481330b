'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useConnectionName } from '@/components/shell/connections'
import { cn } from '@/components/ui/class-names'
import { Tile } from '@/components/ui/tile'
import type { ConnectorCard } from '@/lib/contracts/connections'
import { panelWordsIn, type InboxAddress, type PanelWord } from '../address/inbox-address'
import { FilterPanel } from './filter-panel'
import { typeName } from './type-name'

type Props = {
  address: InboxAddress
  cards: ConnectorCard[]
  /** Forms and senders seen so far, to choose from. */
  known: { forms: string[]; senders: string[] }
  onNarrow: (words: Partial<InboxAddress>) => void
  onClear: () => void
}

/**
 * Where a search looks, one chip a source, the panel for the rest, and what is in use of it, each with its way out.
 */
export function FilterChips({ address, cards, known, onNarrow, onClear }: Props) {
  const t = useTranslations('inbox.filter')
  const view = useTranslations('shell.view')
  const words = panelWordsIn(address)
  // A connection opened whole names the list; while it is searched, nothing else would name it.
  const connection = useConnectionName(address.q ? address.connection : null)
  return (
    <div className="-mx-4 flex items-center gap-1.5 overflow-x-auto px-4 py-0.5 [scrollbar-width:none] md:flex-wrap">
      {address.q && address.view !== 'all' && (
        <Choice
          on={address.within === true}
          onPress={() => onNarrow({ within: address.within ? null : true })}
        >
          {t('within', { view: view(address.view) })}
        </Choice>
      )}
      {cards.map(({ connector, name, tile }) => {
        const on = address.connector === connector
        return (
          <Choice
            key={connector}
            on={on}
            onPress={() => onNarrow({ connector: on ? null : connector, connection: null, type: null })}
          >
            <Tile
              letter={tile.letter}
              hue={tile.hue}
              name=""
              className="-ml-0.5 size-4 rounded-sm text-[12px]"
            />
            {name}
          </Choice>
        )
      })}
      <FilterPanel
        address={address}
        cards={cards}
        known={known}
        inUse={words.length}
        onNarrow={onNarrow}
        onClear={onClear}
      />
      {connection && (
        <Used onRemove={() => onNarrow({ connection: null })} label={t('remove', { name: t('connection') })}>
          {connection}
        </Used>
      )}
      {words.map((word) => (
        <Used key={word} onRemove={() => onNarrow({ [word]: null })} label={t('remove', { name: t(word) })}>
          <WordText word={word} address={address} cards={cards} />
        </Used>
      ))}
    </div>
  )
}

function Choice({ on, onPress, children }: { on: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPress}
      className={cn(
        'inline-flex h-7 shrink-0 touch-target items-center gap-1.5 rounded-full border px-2.5 text-sm transition-colors duration-[120ms]',
        on
          ? 'border-accent bg-accent-soft font-medium text-accent'
          : 'border-border text-text-muted hover:bg-hover hover:text-text',
      )}
    >
      {children}
    </button>
  )
}

function WordText({ word, address, cards }: Pick<Props, 'address' | 'cards'> & { word: PanelWord }) {
  const t = useTranslations('inbox')
  const value = address[word]
  if (word === 'urgent') return t('filter.urgent')
  if (word === 'category' && address.category) return t(`category.${address.category}`)
  if (word === 'type') return typeName(cards, String(value))
  if (word === 'after') return t('filter.from', { day: String(value) })
  if (word === 'before') return t('filter.until', { day: String(value) })
  return String(value)
}

function Used({ label, onRemove, children }: { label: string; onRemove: () => void; children: ReactNode }) {
  return (
    <span className="inline-flex h-7 max-w-48 shrink-0 items-center rounded-full bg-accent-soft pl-2.5 text-sm text-accent">
      <span className="truncate">{children}</span>
      <button
        type="button"
        aria-label={label}
        onClick={onRemove}
        className="flex size-7 shrink-0 touch-target items-center justify-center rounded-full hover:text-accent-hover"
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </span>
  )
}
