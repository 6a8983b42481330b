'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { Tile } from '@/components/ui/tile'
import { downSources } from '@/lib/client/messages/sources'
import { connectorsQuery, countsQuery } from '@/lib/client/queries'
import { RailLink } from './rail-link'
import { connectionsToTell } from './connections'
import { useTimes } from './session-provider'
import { usePlace } from './use-place'
import { viewHref } from './views'

/** The systems messages come from, each with what is unread of it; the connections below where there are several. */
export function RailSources() {
  const t = useTranslations('shell')
  const place = usePlace()
  const { data: cards = [] } = useQuery(connectorsQuery())
  const { data: counts } = useQuery(countsQuery())
  const connections = connectionsToTell(counts)
  const down = downSources(counts, useTimes().now)
  const warningIf = (isDown: boolean) => (isDown ? t('sourceDown') : undefined)
  const shown = cards.filter((card) =>
    counts?.connections.some(({ connector }) => connector === card.connector),
  )
  if (shown.length === 0) return null
  const inSources = place?.view === 'inbox'
  return (
    <section aria-labelledby="rail-sources" className="mt-4">
      <h2
        id="rail-sources"
        className="mx-2 mb-1 border-t border-border pt-3 text-xs text-text-faint max-[1199.98px]:mx-0 max-[1199.98px]:text-[0px]"
      >
        {t('sources')}
      </h2>
      <ul className="flex flex-col gap-0.5">
        {shown.map(({ connector, name, tile }) => (
          <Fragment key={connector}>
            <li>
              <RailLink
                href={viewHref('inbox', { connector })}
                icon={<Tile letter={tile.letter} hue={tile.hue} name="" />}
                label={name}
                current={inSources && place.connector === connector && !place.connection}
                count={counts?.byConnector[connector] ?? null}
                countLabel={t('unreadCount')}
                warning={warningIf(down.some((source) => source.connector === connector))}
              />
            </li>
            {connections
              .filter((connection) => connection.connector === connector)
              .map(({ id, name: connectionName, unread }) => (
                <li key={id}>
                  <RailLink
                    nested
                    href={viewHref('inbox', { connector, connection: id })}
                    icon={null}
                    label={connectionName}
                    current={inSources && place.connection === id}
                    count={unread}
                    countLabel={t('unreadCount')}
                    warning={warningIf(down.some((source) => source.id === id))}
                  />
                </li>
              ))}
          </Fragment>
        ))}
      </ul>
    </section>
  )
}
