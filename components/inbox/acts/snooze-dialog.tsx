'use client'

import { AlarmClock, CalendarClock, Moon, Sunrise } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type FormEvent } from 'react'
import { useTimes } from '@/components/shell/session-provider'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { comingTime } from '@/lib/client/message-time'
import { customTime, fieldTime, snoozeTimes, type SnoozeChoice } from './snooze-times'

const ICONS = { hour: AlarmClock, evening: Moon, tomorrow: Sunrise, monday: CalendarClock } satisfies Record<
  SnoozeChoice,
  unknown
>

type Props = {
  /** What is to be snoozed; null while nothing is. */
  ids: string[] | null
  onClose: () => void
  onSnooze: (ids: string[], until: string) => void
}

/** When the picked messages are to come back. */
export function SnoozeDialog({ ids, onClose, onSnooze }: Props) {
  const t = useTranslations('inbox.snooze')
  return (
    <Dialog
      open={ids !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { count: ids?.length ?? 1 })}
      size="sm"
    >
      {ids && <Choices onChoose={(until) => onSnooze(ids, until.toISOString())} />}
    </Dialog>
  )
}

function Choices({ onChoose }: { onChoose: (until: Date) => void }) {
  const t = useTranslations('inbox.snooze')
  const times = useTimes()
  const { timeZone } = times
  // Of the moment it was opened: what is offered must not move under the finger.
  const [now] = useState(() => new Date())
  const [field, setField] = useState('')
  const [wrong, setWrong] = useState(false)

  const choose = (event: FormEvent) => {
    event.preventDefault()
    const until = customTime(field, new Date(), timeZone)
    if (until) onChoose(until)
    else setWrong(true)
  }
  return (
    <>
      <ul className="-mx-2 flex flex-col">
        {snoozeTimes(now, timeZone).map(({ choice, until }, index) => {
          const Icon = ICONS[choice]
          return (
            <li key={choice}>
              <button
                type="button"
                // Not the way out, but what it was opened for.
                autoFocus={index === 0}
                onClick={() => onChoose(until)}
                className="flex min-h-10 w-full items-center gap-3 rounded-md px-2 text-left transition-colors duration-[120ms] hover:bg-hover pointer-coarse:min-h-12"
              >
                <Icon className="size-4 text-text-faint" aria-hidden />
                <span className="flex-1">{t(choice)}</span>
                <span className="text-sm text-text-muted tabular-nums">
                  {comingTime(until.toISOString(), { ...times, now })}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <form
        onSubmit={choose}
        noValidate
        className="mt-2 flex items-end gap-2 border-t border-border pt-3 pb-1"
      >
        <Field label={t('custom')} error={wrong ? t('past') : undefined} className="min-w-0 flex-1">
          <Input
            type="datetime-local"
            value={field}
            min={fieldTime(now, timeZone)}
            onChange={(event) => {
              setField(event.target.value)
              setWrong(false)
            }}
          />
        </Field>
        <Button type="submit" disabled={!field} className="h-9 pointer-coarse:h-11">
          {t('set')}
        </Button>
      </form>
    </>
  )
}
