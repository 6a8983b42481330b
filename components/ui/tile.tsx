import type { CSSProperties } from 'react'
import { cn } from './class-names'

const sizes = {
  sm: 'size-5 text-xs rounded-sm',
  md: 'size-8 text-base rounded-md',
  lg: 'size-10 text-lg rounded-lg',
}

type Props = {
  /** One character and a hue (degrees), from the connector's card. */
  letter: string
  hue: number
  /** The source's name; empty where it stands beside the tile anyway. */
  name: string
  size?: keyof typeof sizes
  className?: string
}

/** Which system something comes from. */
export function Tile({ letter, hue, name, size = 'sm', className }: Props) {
  return (
    <span
      {...(name ? { role: 'img', 'aria-label': name, title: name } : { 'aria-hidden': true })}
      style={{ '--hue': hue } as CSSProperties}
      className={cn(
        'tile-colours inline-flex shrink-0 items-center justify-center font-semibold select-none',
        sizes[size],
        'leading-none',
        className,
      )}
    >
      {letter}
    </span>
  )
}
