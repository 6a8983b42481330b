'use client'

import type { ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'
import { Tooltip } from '@/components/ui/tooltip'
import { ShallowLink } from './shallow-link'
import { useMedia, WIDE } from './use-media'

type Props = {
  href: string
  icon: ReactNode
  label: string
  current: boolean
  count: number | null
  /** What the number counts, for those who only hear it. */
  countLabel?: string
  /** Something is the matter with it: what, in a few words. */
  warning?: string
  /** Stands under another line. */
  nested?: boolean
}

/** One line of the rail; only its icon where the rail is folded. */
export function RailLink({ href, icon, label, current, count, countLabel, warning, nested }: Props) {
  const unfolded = useMedia(WIDE)
  const link = (
    <ShallowLink
      href={href}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'relative flex h-11 flex-col items-center justify-center rounded-md text-text-muted transition-colors duration-[120ms] hover:bg-hover hover:text-text',
        'min-[1200px]:h-8 min-[1200px]:flex-row min-[1200px]:justify-start min-[1200px]:gap-2.5 min-[1200px]:px-2',
        '[&_svg]:size-4 [&_svg]:shrink-0',
        nested && 'max-[1199.98px]:hidden min-[1200px]:pl-9.5',
        current && 'bg-selected font-medium text-text hover:bg-selected [&_svg]:text-accent',
      )}
    >
      {icon}
      <span className="sr-only min-w-0 flex-1 truncate min-[1200px]:not-sr-only">{label}</span>
      {warning && (
        <span
          title={warning}
          className="size-2 shrink-0 rounded-full bg-warning max-[1199.98px]:absolute max-[1199.98px]:top-1 max-[1199.98px]:right-1.5"
        >
          <span className="sr-only">{warning}</span>
        </span>
      )}
      {count !== null && count > 0 && (
        <span className="text-xs leading-4 text-text-muted tabular-nums min-[1200px]:text-sm">
          {count > 999 ? '999+' : count}
          {countLabel && <span className="sr-only"> {countLabel}</span>}
        </span>
      )}
    </ShallowLink>
  )
  if (unfolded) return link
  return (
    <Tooltip content={warning ? `${label} · ${warning}` : label} side="right">
      {link}
    </Tooltip>
  )
}
