'use client'

import { useTranslations } from 'next-intl'
import { HistoryChoice, type History } from './history-choice'

type Props = {
  /** The server's sentence; it names both. */
  message: string
  history: History
  onHistory: (history: History) => void
}

/** This person or this employee is mapped already: says to whom, and what replacing means. */
export function MappingConflict({ message, history, onHistory }: Props) {
  const t = useTranslations('settings.mappings.conflict')
  return (
    <div className="flex flex-col gap-4">
      <div role="alert" className="rounded-md bg-warning-soft px-3 py-2.5">
        <p className="font-medium break-words text-warning">{message}</p>
        <p className="mt-0.5 text-text-muted">{t('text')}</p>
      </div>
      <HistoryChoice value={history} onChange={onHistory} />
    </div>
  )
}
