'use client'

import { useTranslations } from 'next-intl'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import { useTimeWords } from '../time-text'
import { useDuration } from './duration'
import { troublesOf, type Trouble } from './troubles'

/** What is wrong with a connection, since when, and what is being done about it. */
export function HealthTroubles({ health }: { health: ConnectionHealth }) {
  const t = useTranslations('activity.trouble')
  const { short, now } = useTimeWords()
  const duration = useDuration()
  const time = (iso: string | null) => (iso ? short(iso) : '')
  const words: Record<Trouble, () => string> = {
    failing: () => {
      const since = health.failingSince ? t('since', { time: time(health.failingSince) }) : t('failing')
      const retry = health.retryAt && Date.parse(health.retryAt) > now.getTime()
      return `${since} ${retry ? t('nextTry', { time: time(health.retryAt) }) : t('tryingNow')}`
    },
    unbalanced: () => t('unbalanced', { count: Math.abs(health.balance.difference) }),
    late: () => t('late', { duration: duration(health.lagSeconds ?? 0) }),
    refusedReads: () => t('refusedReads', { count: health.outbox.failed }),
  }
  const troubles = troublesOf(health)
  const past = health.state !== 'failing' && health.lastError
  return (
    <>
      {troubles.length > 0 && (
        <ul className="mt-3 flex flex-col gap-2 rounded-md bg-danger-soft px-3 py-2">
          {troubles.map((trouble) => (
            <li key={trouble}>
              {trouble === 'failing' && health.lastError && (
                <p className="font-medium break-words text-danger">{health.lastError}</p>
              )}
              <p>{words[trouble]()}</p>
            </li>
          ))}
        </ul>
      )}
      {past && (
        <p className="mt-2 text-sm break-words text-text-muted">
          {health.lastErrorAt
            ? t('past', { time: time(health.lastErrorAt), error: health.lastError! })
            : t('pastUndated', { error: health.lastError! })}
        </p>
      )}
    </>
  )
}
