'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Tile } from '@/components/ui/tile'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import type { ConnectorCard } from '@/lib/contracts/connections'
import { ConnectionState } from '../connections/connection-state'
import { tileOf } from '../connections/use-connections'
import { BalanceLine } from './balance-line'
import { HealthFigures } from './health-figures'
import { HealthTroubles } from './health-troubles'

type Props = { health: ConnectionHealth; cards?: ConnectorCard[] }

/** How one connection is: its state, what is wrong if anything is, and its figures. */
export function HealthCard({ health, cards }: Props) {
  const t = useTranslations('activity')
  const card = cards?.find(({ connector }) => connector === health.connector)
  return (
    <li className="rounded-lg border border-border p-4 sm:p-5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Tile {...tileOf(cards, health.connector)} />
        <h3 className="min-w-0 font-medium break-words">
          <Link
            href={`/settings/connections/${health.id}`}
            className="underline-offset-4 hover:text-accent hover:underline"
          >
            {health.name}
          </Link>
        </h3>
        <ConnectionState connection={health} />
      </div>
      <HealthTroubles health={health} />
      {health.state === 'setup' ? (
        <p className="mt-2 text-text-muted">{t('inSetUp')}</p>
      ) : (
        <>
          <HealthFigures health={health} card={card} />
          <BalanceLine balance={health.balance} />
        </>
      )}
    </li>
  )
}
