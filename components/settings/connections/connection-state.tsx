'use client'

import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import type { Connection } from '@/lib/contracts/connections'
import { useTimeWords } from '../time-text'

const tones = {
  setup: 'accent',
  active: 'success',
  quiet: 'neutral',
  failing: 'danger',
  archived: 'neutral',
} as const

type Props = { connection: Pick<Connection, 'state' | 'failingSince' | 'lastSuccessAt'> }

/** A connection's state in a word; for failing ones with the time since when. What never worked is not called fine. */
export function ConnectionState({ connection }: Props) {
  const t = useTranslations('settings.connections.state')
  const { short } = useTimeWords()
  const { failingSince, lastSuccessAt } = connection
  const state = connection.state === 'active' && lastSuccessAt === null ? 'quiet' : connection.state
  return (
    <Badge tone={tones[state]}>
      {state === 'failing' && failingSince ? t('failingSince', { time: short(failingSince) }) : t(state)}
    </Badge>
  )
}
