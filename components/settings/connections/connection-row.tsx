'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Tile } from '@/components/ui/tile'
import { useTimeWords } from '../time-text'
import type { Connection, ConnectorCard } from '@/lib/contracts/connections'
import { ConnectionState } from './connection-state'
import { tileOf } from './use-connections'

/** One connection in the list; all of it leads to its page. */
export function ConnectionRow({ connection, cards }: { connection: Connection; cards?: ConnectorCard[] }) {
  const t = useTranslations('settings.connections')
  const { short } = useTimeWords()
  const { mapped, unmapped, waiting } = connection.persons
  const facts = [
    connection.state === 'failing' && connection.lastError,
    connection.lastSuccessAt && t('lastSuccess', { time: short(connection.lastSuccessAt) }),
    mapped > 0 && t('mapped', { count: mapped }),
    unmapped > 0 && t('unmapped', { count: unmapped }),
    waiting > 0 && t('waiting', { count: waiting }),
  ].filter(Boolean)
  return (
    <li className="border-b border-border last:border-b-0">
      <Link
        href={`/settings/connections/${connection.id}`}
        className="-mx-3 flex items-center gap-3 rounded-md px-3 py-3 transition-colors hover:bg-hover"
      >
        <Tile {...tileOf(cards, connection.connector)} size="md" />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <span className="min-w-0 font-medium break-words">{connection.name}</span>
            <ConnectionState connection={connection} />
          </span>
          <span className="mt-0.5 block text-sm text-text-muted">
            {facts.length > 0 ? facts.join(' · ') : t(`about.${connection.state}`)}
          </span>
        </span>
        <ChevronRight className="size-4 shrink-0 text-text-faint" aria-hidden />
      </Link>
    </li>
  )
}
