'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import type { CardField } from '@/lib/contracts/connections'
import { useConnectionList, useConnectors } from '../use-connections'
import type { FormValue } from './card-values'
import { CATEGORIES, forwardOf, forwardText, type ForwardValue } from './forward-value'

type Props = {
  field: CardField
  value: FormValue
  onChange: (value: FormValue) => void
  error?: string
}

/** Passing messages on to another connection: off, or where to, of which categories, and under whose name. */
export function ForwardField({ field, value, onChange, error }: Props) {
  const t = useTranslations('sending.forward')
  const targets = useTargets()
  const forward = forwardOf(value)
  const put = (change: Partial<ForwardValue>) => onChange(forwardText({ ...forward!, ...change }))
  const turn = (on: boolean) =>
    onChange(
      forwardText(
        on
          ? { connectionId: targets?.[0]?.value ?? '', senderLoginName: '', categories: [...CATEGORIES] }
          : null,
      ),
    )
  return (
    <div className="flex flex-col gap-4">
      <Field label={field.label} help={field.help} error={error}>
        <Switch checked={forward !== null} onCheckedChange={turn} />
      </Field>
      {forward && (
        <div className="flex flex-col gap-4 border-l-2 border-border pl-4">
          {field.lacks === 'base_url' && <Notice tone="warning">{t('noBaseUrl')}</Notice>}
          {targets?.length === 0 && <Notice tone="warning">{t('noTarget')}</Notice>}
          <Field label={t('target')} required>
            <Select
              value={forward.connectionId}
              onValueChange={(connectionId) => put({ connectionId })}
              options={targets ?? []}
              placeholder={t('chooseTarget')}
              className="sm:w-80"
            />
          </Field>
          <Categories value={forward.categories} onChange={(categories) => put({ categories })} />
          <Field label={t('sender')} help={t('senderHelp')} required>
            <Input
              value={forward.senderLoginName}
              onChange={(event) => put({ senderLoginName: event.target.value })}
              maxLength={200}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          {forward.ops && (
            <p className="text-sm text-text-muted">{t('ops', { ops: forward.ops.join('、') })}</p>
          )}
        </div>
      )}
    </div>
  )
}

/** Connections in use that can be sent to. */
function useTargets() {
  const cards = useConnectors().data
  const connections = useConnectionList().data?.items
  const sending = new Set(cards?.filter(({ sends }) => sends).map(({ connector }) => connector))
  return cards && connections
    ? connections
        .filter(({ connector, state }) => sending.has(connector) && state !== 'archived')
        .map(({ id, name }) => ({ value: id, label: name }))
    : undefined
}

function Categories({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const t = useTranslations('sending.forward')
  const name = useTranslations('inbox.category')
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{t('categories')}</legend>
      <div className="flex flex-wrap gap-x-5">
        {CATEGORIES.map((one) => (
          <label
            key={one}
            htmlFor={`${id}-${one}`}
            className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-11"
          >
            <Checkbox
              id={`${id}-${one}`}
              checked={value.includes(one)}
              onCheckedChange={(on) =>
                onChange(CATEGORIES.filter((other) => (other === one ? on === true : value.includes(other))))
              }
            />
            {name(one)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
