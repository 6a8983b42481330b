'use client'

import { CircleHelp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '@/components/ui/icon-button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { SEARCH_STATES } from '@/lib/shared/search-query'

const LINES = ['words', 'quoted', 'from', 'form', 'after', 'before'] as const

type Props = { className?: string; onClose: () => void }

/** What the search understands, in plain words. */
export function SearchHelp({ className, onClose }: Props) {
  const t = useTranslations('inbox.search.help')
  return (
    <Popover>
      <PopoverTrigger asChild>
        <IconButton label={t('title')} tip={false} className={className}>
          <CircleHelp aria-hidden />
        </IconButton>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label={t('title')}
        className="w-88 max-w-[calc(100vw-1rem)] p-4"
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          onClose()
        }}
      >
        <p className="font-medium">{t('title')}</p>
        <p className="mt-1 text-sm text-text-muted">{t('text')}</p>
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
          {LINES.map((line) => (
            <Line key={line} example={t(`line.${line}.example`)} meaning={t(`line.${line}.meaning`)} />
          ))}
        </dl>
        <p className="mt-4 border-t border-border pt-3 text-sm text-text-muted">{t('states')}</p>
        <dl className="mt-2 grid grid-cols-[auto_1fr_auto_1fr] gap-x-3 gap-y-1.5">
          {SEARCH_STATES.map((state) => (
            <Line key={state} example={`is:${state}`} meaning={t(`state.${state}`)} />
          ))}
        </dl>
      </PopoverContent>
    </Popover>
  )
}

function Line({ example, meaning }: { example: string; meaning: string }) {
  return (
    <>
      <dt className="text-sm">
        <code className="font-mono text-accent">{example}</code>
      </dt>
      <dd className="text-sm text-text-muted">{meaning}</dd>
    </>
  )
}
