'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { parseAsString, useQueryState } from 'nuqs'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Tile } from '@/components/ui/tile'
import { call } from '@/lib/client/call'
import { createConnection, type ConnectorCard } from '@/lib/contracts/connections'
import { BackLink } from '../back-link'
import { LoadFailed } from '../load-failed'
import { settingsKeys } from '../settings-keys'
import { SettingsPage } from '../settings-page'
import { CardForm } from './form/card-form'
import { newSettings, type CardFormValues } from './form/card-values'
import { GuideSteps } from './guide-steps'
import { useConnectionList, useConnectors } from './use-connections'
import { walkFields } from './walk-fields'

/** Connecting a system: which one, then what its card asks for. */
export function NewConnection() {
  const t = useTranslations('settings.connections')
  const [chosen, choose] = useQueryState('connector', parseAsString.withOptions({ history: 'push' }))
  const connectors = useConnectors()
  const card = connectors.data?.find(({ connector }) => connector === chosen)
  if (card) return <NewConnectionForm card={card} onBack={() => void choose(null)} />
  return (
    <SettingsPage
      title={t('new.title')}
      text={t('new.choose')}
      back={<BackLink href="/settings/connections">{t('title')}</BackLink>}
    >
      {connectors.data ? (
        <ul className="flex flex-col gap-2">
          {connectors.data.map((one) => (
            <li key={one.connector}>
              <ConnectorChoice card={one} onChoose={() => void choose(one.connector)} />
            </li>
          ))}
        </ul>
      ) : connectors.error ? (
        <LoadFailed query={connectors} title={t('new.loadFailed')} />
      ) : (
        <div className="flex flex-col gap-2" aria-busy>
          <Skeleton className="h-18 rounded-lg" />
          <Skeleton className="h-18 rounded-lg" />
        </div>
      )}
    </SettingsPage>
  )
}

function ConnectorChoice({ card, onChoose }: { card: ConnectorCard; onChoose: () => void }) {
  return (
    <button
      type="button"
      onClick={onChoose}
      className="flex w-full items-center gap-3 rounded-lg border border-control/55 bg-surface px-4 py-3.5 text-left transition-colors hover:border-control hover:bg-hover"
    >
      <Tile {...card.tile} name="" size="lg" />
      <span className="min-w-0">
        <span className="block font-medium">{card.name}</span>
        <span className="block text-text-muted">{card.about}</span>
      </span>
    </button>
  )
}

function NewConnectionForm({ card, onBack }: { card: ConnectorCard; onBack: () => void }) {
  const t = useTranslations('settings.connections')
  const creating = useCreate(card)
  const taken = useConnectionList().data?.items.some(({ name }) => name === card.name)
  // What the vendor's own steps ask for comes with those steps, once there is an address.
  const later = walkFields(card)
  const fields = card.fields.filter((field) => !later.includes(field))
  return (
    <SettingsPage
      title={
        <span className="flex items-center gap-2.5">
          <Tile {...card.tile} name="" size="md" />
          {t('new.titleOf', { connector: card.name })}
        </span>
      }
      text={card.pushes ? t('new.pushes') : t('new.pulls')}
      back={<BackLink onClick={onBack}>{t('new.title')}</BackLink>}
      aside={!card.pushes && card.guide.length > 0 && <GuideSteps card={card} heading="h2" />}
    >
      <CardForm
        fields={fields}
        name={{ value: taken ? '' : card.name, placeholder: card.name }}
        error={creating.error}
        onSubmit={(values) => creating.mutate(values)}
        footer={() => (
          <div className="flex gap-2">
            <Button type="submit" variant="primary" loading={creating.isPending || creating.isSuccess}>
              {card.pushes ? t('new.createAddress') : t('new.createAndTest')}
            </Button>
            <Button onClick={onBack}>{t('new.cancel')}</Button>
          </div>
        )}
      />
    </SettingsPage>
  )
}

function useCreate(card: ConnectorCard) {
  const router = useRouter()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ name, settings }: CardFormValues) =>
      call(createConnection, {
        body: { connector: card.connector, name: name.trim(), settings: newSettings(card.fields, settings) },
      }),
    onSuccess: (connection) => {
      queryClient.setQueryData(settingsKeys.connection(connection.id), connection)
      void queryClient.invalidateQueries({ queryKey: settingsKeys.connections, exact: true })
      router.replace(`/settings/connections/${connection.id}?new=true`)
    },
  })
}
