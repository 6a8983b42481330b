'use client'

import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState, type FormEvent } from 'react'
import { useTimes } from '@/components/shell/session-provider'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { category } from '@/lib/contracts/messages'
import type { ConnectorCard } from '@/lib/contracts/connections'
import { addDays, dayOf } from '@/lib/client/message-time'
import { PANEL_WORDS, type InboxAddress } from '../address/inbox-address'

type Words = Pick<InboxAddress, (typeof PANEL_WORDS)[number]>
type Props = {
  address: InboxAddress
  cards: ConnectorCard[]
  known: { forms: string[]; senders: string[] }
  /** How many of its words are in use. */
  inUse: number
  onNarrow: (words: Partial<InboxAddress>) => void
  onClear: () => void
}

/** A select has no empty value. */
const ANY = 'any'
const RECENT = [0, 6, 29] as const

/** Everything a list can be narrowed by, beside its view and source. */
export function FilterPanel({ address, cards, known, inUse, onNarrow, onClear }: Props) {
  const t = useTranslations('inbox.filter')
  const [open, setOpen] = useState(false)
  const close = (then: () => void) => {
    setOpen(false)
    then()
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        className={cn(
          'inline-flex h-7 shrink-0 touch-target items-center gap-1.5 rounded-full border border-border px-2.5 text-sm text-text-muted transition-colors duration-[120ms] hover:bg-hover hover:text-text data-[state=open]:bg-hover',
        )}
      >
        <ListFilter className="size-3.5" aria-hidden />
        {t('title')}
        {inUse > 0 && <span className="tabular-nums">{inUse}</span>}
      </PopoverTrigger>
      <PopoverContent aria-label={t('title')} className="w-80 max-w-[calc(100vw-1rem)] p-4">
        <PanelForm
          address={address}
          cards={cards.filter(({ connector }) => !address.connector || connector === address.connector)}
          known={known}
          onApply={(words) => close(() => onNarrow(words))}
          onClear={inUse > 0 ? () => close(onClear) : undefined}
        />
      </PopoverContent>
    </Popover>
  )
}

type FormProps = Pick<Props, 'address' | 'cards' | 'known'> & {
  onApply: (words: Words) => void
  onClear?: () => void
}

// Apart, so that every opening begins with what holds.
function PanelForm({ address, cards, known, onApply, onClear }: FormProps) {
  const t = useTranslations('inbox')
  const id = useId()
  const { now, timeZone } = useTimes()
  const today = dayOf(now, timeZone)
  const [words, setWords] = useState<Words>(
    () => Object.fromEntries(PANEL_WORDS.map((word) => [word, address[word]])) as Words,
  )
  const set = (next: Partial<Words>) => setWords((old) => ({ ...old, ...next }))
  const types = cards.flatMap((card) =>
    Object.entries(card.types).map(([value, label]) => ({
      value,
      label: cards.length > 1 ? `${card.name} · ${label}` : label,
    })),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onApply({ ...words, form: words.form?.trim() || null, sender: words.sender?.trim() || null })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-x-2 gap-y-3">
        <Field label={t('filter.category')}>
          <Select
            size="sm"
            value={words.category ?? ANY}
            onValueChange={(value) => set({ category: value === ANY ? null : (value as Words['category']) })}
            options={[
              { value: ANY, label: t('filter.any') },
              ...category.options.map((value) => ({ value, label: t(`category.${value}`) })),
            ]}
          />
        </Field>
        <Field label={t('filter.type')}>
          <Select
            size="sm"
            value={words.type ?? ANY}
            onValueChange={(value) => set({ type: value === ANY ? null : value })}
            options={[{ value: ANY, label: t('filter.any') }, ...types]}
          />
        </Field>
        <Field label={t('filter.form')}>
          <Input
            value={words.form ?? ''}
            onChange={(event) => set({ form: event.target.value })}
            list={`${id}-forms`}
            autoComplete="off"
            className="h-8"
          />
        </Field>
        <Field label={t('filter.sender')}>
          <Input
            value={words.sender ?? ''}
            onChange={(event) => set({ sender: event.target.value })}
            list={`${id}-senders`}
            autoComplete="off"
            className="h-8"
          />
        </Field>
      </div>
      <Choices id={`${id}-forms`} values={known.forms} />
      <Choices id={`${id}-senders`} values={known.senders} />
      <fieldset className="flex min-w-0 flex-col gap-1.5">
        <legend className="mb-1.5 font-medium">{t('filter.date')}</legend>
        <div className="flex gap-1.5">
          {RECENT.map((days) => {
            const after = addDays(today, -days)
            const on = words.after === after && words.before === null
            return (
              <Button
                key={days}
                size="sm"
                aria-pressed={on}
                className={cn('flex-1', on && 'border-accent bg-accent-soft text-accent')}
                onClick={() => set(on ? { after: null } : { after, before: null })}
              >
                {t('filter.recent', { days: days + 1 })}
              </Button>
            )
          })}
        </div>
        <div className="flex items-center gap-1.5">
          <DayInput label={t('filter.after')} value={words.after} onChange={(after) => set({ after })} />
          <span aria-hidden className="text-text-faint">
            –
          </span>
          <DayInput label={t('filter.before')} value={words.before} onChange={(before) => set({ before })} />
        </div>
      </fieldset>
      <div className="flex items-center justify-between">
        <span id={`${id}-urgent`} className="font-medium">
          {t('filter.urgent')}
        </span>
        <Switch
          aria-labelledby={`${id}-urgent`}
          checked={words.urgent === true}
          onCheckedChange={(on) => set({ urgent: on || null })}
        />
      </div>
      <div className="-mx-4 mt-1 flex justify-end gap-2 border-t border-border px-4 pt-3">
        {onClear && (
          <Button variant="ghost" onClick={onClear}>
            {t('filter.clear')}
          </Button>
        )}
        <Button type="submit" variant="primary">
          {t('filter.apply')}
        </Button>
      </div>
    </form>
  )
}

function Choices({ id, values }: { id: string; values: string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  )
}

type DayProps = { label: string; value: string | null; onChange: (day: string | null) => void }

function DayInput({ label, value, onChange }: DayProps) {
  return (
    <Input
      type="date"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || null)}
      className="h-8 px-1.5 text-sm"
    />
  )
}
