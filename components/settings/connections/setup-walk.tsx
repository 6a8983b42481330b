'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { CopyField } from '@/components/ui/copy-field'
import type { ConnectionDetail, ConnectorCard } from '@/lib/contracts/connections'
import { CardForm } from './form/card-form'
import { changedSettings } from './form/card-values'
import { FirstPush } from './first-push'
import { GuideSteps, type GuideStep } from './guide-steps'
import { SetupStatus } from './setup-status'
import { TestChecks } from './test-checks'
import { useChangeConnection } from './use-change-connection'
import { walkFields } from './walk-fields'

type Props = { connection: ConnectionDetail; card: ConnectorCard }

/**
 * The guide as a walk: each step with what it needs. The address stands at the first, the vendor's test is waited
 * for where the card says so, a secret is pasted at the step that bears its name.
 */
export function SetupWalk({ connection, card }: Props) {
  const reopening = useChangeConnection(connection.id)
  const fields = walkFields(card)

  const contents = (step: GuideStep, index: number) => (
    <>
      {index === 0 && connection.webhookUrl && <Address url={connection.webhookUrl} />}
      {step.check === 'received' && (
        <SetupStatus
          connection={connection}
          onReopen={() => reopening.mutate({ reopenSetup: true })}
          reopening={reopening.isPending}
        />
      )}
      {fields.some(({ name }) => name === step.id) && (
        <SecretStep connection={connection} card={card} name={step.id} />
      )}
      {step.check === 'test' && connection.state !== 'setup' && (
        <div className="mt-3">
          <TestChecks connection={connection} card={card} />
        </div>
      )}
    </>
  )
  const isDone = (step: GuideStep) =>
    connection.secretsSet.includes(step.id) ||
    (step.check === 'received' && (connection.setupCalls.length > 0 || connection.lastSuccessAt !== null))

  return <GuideSteps card={card} contents={contents} isDone={isDone} />
}

function Address({ url }: { url: string }) {
  const t = useTranslations('settings.setup')
  return <CopyField value={url} label={t('address')} className="mt-3" />
}

function SecretStep({ connection, card, name }: Props & { name: string }) {
  const t = useTranslations('settings.setup')
  const changing = useChangeConnection(connection.id)
  // The step itself says what its help would.
  const fields = card.fields.filter((field) => field.name === name).map((field) => ({ ...field, help: '' }))
  if (connection.secretsSet.includes(name)) {
    return (
      <>
        <p className="mt-2 text-success">{t('secretSaved')}</p>
        {/* The secret that pushes are signed with; others say nothing of pushes. */}
        {fields[0]?.rotates && <FirstPush connection={connection} />}
      </>
    )
  }
  return (
    <div className="mt-3">
      <CardForm
        fields={fields}
        error={changing.error}
        onSubmit={({ settings }, before) => {
          const changed = changedSettings(fields, before, settings)
          if (Object.keys(changed).length > 0) changing.mutate({ settings: changed })
        }}
        footer={({ dirty }) => (
          <div>
            <Button type="submit" variant="primary" loading={changing.isPending} disabled={!dirty}>
              {t('saveSecret')}
            </Button>
          </div>
        )}
      />
    </div>
  )
}
