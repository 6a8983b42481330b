'use client'

import { Check } from 'lucide-react'
import type { MouseEvent } from 'react'
import { cn } from '@/components/ui/class-names'
import { Tile } from '@/components/ui/tile'

/** A connector as rows show it. */
export type Source = { name: string; letter: string; hue: number }

type Props = {
  source: Source | undefined
  /** Names the source while the cards are not here. */
  fallback: string
  picked: boolean
  showBox: boolean
  label: string
  tabIndex: number
  onPick: (range: boolean) => void
}

/** Where a message comes from; pressed, it picks the row. */
export function RowTile({ source, fallback, picked, showBox, label, tabIndex, onPick }: Props) {
  const pick = (event: MouseEvent) => {
    event.stopPropagation()
    onPick(event.shiftKey)
  }
  const tile = source ?? { name: fallback, letter: [...fallback][0] ?? '', hue: 255 }
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={picked}
      aria-label={label}
      tabIndex={tabIndex}
      onClick={pick}
      className="group/tile touch-target -m-1 flex size-7 shrink-0 items-center justify-center self-start rounded-md p-1 select-none"
    >
      {picked || showBox ? (
        <span
          className={cn(
            'flex size-4.5 items-center justify-center rounded-sm border',
            picked ? 'border-accent bg-accent text-accent-text' : 'border-control bg-surface',
          )}
        >
          {picked && <Check className="size-3.5 stroke-3" aria-hidden />}
        </span>
      ) : (
        <>
          <Tile
            letter={tile.letter}
            hue={tile.hue}
            name={tile.name}
            className="group-focus-visible/tile:hidden"
          />
          <span
            aria-hidden
            className="hidden size-4.5 rounded-sm border border-control bg-surface group-focus-visible/tile:block"
          />
        </>
      )}
    </button>
  )
}
