'use client'

import { useTranslations } from 'next-intl'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { CopyField } from '@/components/ui/copy-field'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import { Tile } from '@/components/ui/tile'
import { isApiError } from '@/lib/client/call'
import type { ConnectionDetail, ConnectorCard } from '@/lib/contracts/connections'
import { BackLink } from '../back-link'
import { LoadFailed, Stale } from '../load-failed'
import { Section } from '../section'
import { SettingsPage } from '../settings-page'
import { Balance } from './balance'
import { ConnectionDanger } from './connection-danger'
import { ConnectionOverview } from './connection-overview'
import { ConnectionSettings } from './connection-settings'
import { ConnectionState } from './connection-state'
import { PushOff } from './refusals/push-off'
import { Refusals } from './refusals/refusals'
import { SendLink } from '../send/send-link'
import { SetupWalk } from './setup-walk'
import { SignOnAddresses } from './sign-on-addresses'
import { TestChecks } from './test-checks'
import { tileOf, useConnection, useConnectors } from './use-connections'

/** One connection: how it is, its address, its settings, whether it adds up, and its end. */
export function ConnectionPage({ id }: { id: string }) {
  const t = useTranslations('settings.connections')
  const connection = useConnection(id)
  const cards = useConnectors()
  const back = <BackLink href="/settings/connections">{t('title')}</BackLink>

  if (connection.data && !cards.isPending) {
    return <Loaded connection={connection.data} cards={cards.data} stale={<Stale query={connection} />} />
  }
  if (isApiError(connection.error) && connection.error.code === 'not_found') {
    return (
      <SettingsPage title={t('title')} back={back}>
        <EmptyState title={t('gone.title')} text={t('gone.text')} />
      </SettingsPage>
    )
  }
  return (
    <SettingsPage title={connection.error ? t('title') : <Skeleton className="h-7 w-48" />} back={back}>
      {connection.error ? (
        <LoadFailed query={connection} title={t('loadOneFailed')} />
      ) : (
        <div className="flex flex-col gap-4" aria-busy>
          <Skeleton className="h-16 rounded-md" />
          <Skeleton className="h-64 rounded-md" />
        </div>
      )}
    </SettingsPage>
  )
}

type LoadedProps = { connection: ConnectionDetail; cards?: ConnectorCard[]; stale: ReactNode }

function Loaded({ connection, cards, stale }: LoadedProps) {
  const t = useTranslations('settings.connections')
  const card = cards?.find((one) => one.connector === connection.connector)
  const archived = connection.state === 'archived'
  return (
    <SettingsPage
      back={<BackLink href="/settings/connections">{t('title')}</BackLink>}
      title={
        <span className="flex items-center gap-2.5">
          <Tile {...tileOf(cards, connection.connector)} size="md" />
          <span className="min-w-0">{connection.name}</span>
          <ConnectionState connection={connection} />
        </span>
      }
      action={card?.sends && !archived && <SendLink id={connection.id} />}
    >
      {stale}
      {connection.webhookUrl && !archived && connection.state !== 'setup' && (
        <PushOff connection={connection} card={card} />
      )}
      {card && !archived ? (
        <InService connection={connection} card={card} />
      ) : (
        <ConnectionOverview connection={connection} />
      )}
      {archived && <div className="mt-6" />}
      {(connection.state !== 'setup' || archived) && (
        <Section title={t('section.balance')} text={t('section.balanceText')}>
          <Balance connectionId={connection.id} />
        </Section>
      )}
      {connection.webhookUrl && !archived && connection.state !== 'setup' && (
        <Section title={t('section.refusals')} text={t('section.refusalsText')}>
          <Refusals refusals={connection.refusals} />
        </Section>
      )}
      <ConnectionDanger connection={connection} />
    </SettingsPage>
  )
}

function InService({ connection, card }: { connection: ConnectionDetail; card: ConnectorCard }) {
  const t = useTranslations('settings.connections')
  const [justMade, setJustMade] = useQueryState('new', parseAsBoolean.withDefault(false))
  // The walk goes on after the secret is saved: its last steps are done over there.
  const [walking, setWalking] = useState(connection.state === 'setup' || (justMade && card.pushes))
  const done = () => {
    setWalking(false)
    void setJustMade(null)
  }
  const showWalk = (
    <Button variant="link" onClick={() => setWalking(true)}>
      {t('showWalk')}
    </Button>
  )
  const settings = (
    <Section
      title={t('section.settings')}
      action={!walking && !connection.webhookUrl && card.guide.length > 0 && showWalk}
    >
      <ConnectionSettings connection={connection} card={card} />
    </Section>
  )
  if (walking) {
    return (
      <>
        <Section title={t('section.walk')} text={t('section.walkText')}>
          <SetupWalk connection={connection} card={card} />
          {connection.state !== 'setup' && (
            <Button variant="primary" className="mt-6" onClick={done}>
              {t('finishWalk')}
            </Button>
          )}
        </Section>
        {settings}
      </>
    )
  }
  return (
    <>
      <div className="pb-6">
        <ConnectionOverview connection={connection} />
      </div>
      <Section title={t('section.test')} text={t('section.testText')}>
        <TestChecks connection={connection} card={card} atOnce={justMade && card.pulls} onBegun={done} />
      </Section>
      {connection.webhookUrl && (
        <Section
          title={t('section.address')}
          text={t('section.addressText', { connector: card.name })}
          action={showWalk}
        >
          <CopyField value={connection.webhookUrl} label={t('section.address')} />
        </Section>
      )}
      {settings}
      {connection.ssoUrls && <SignOnAddresses urls={connection.ssoUrls} card={card} />}
    </>
  )
}
