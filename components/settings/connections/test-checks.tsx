'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, type ReactNode } from 'react'
import type { z } from 'zod'
import { Button } from '@/components/ui/button'
import { useErrorText } from '@/components/ui/error-text'
import { Notice } from '@/components/ui/notice'
import { Spinner } from '@/components/ui/spinner'
import { call } from '@/lib/client/call'
import { testConnection, type Connection, type ConnectorCard } from '@/lib/contracts/connections'
import { settingsKeys } from '../settings-keys'
import { useChangeConnection } from './use-change-connection'

type Suggestion = NonNullable<z.infer<typeof testConnection.answer>['checks'][number]['suggest']>

type Props = {
  connection: Pick<Connection, 'id'>
  card?: ConnectorCard
  /** Begins by itself: right after the connection was made. */
  atOnce?: boolean
  /** It has begun by itself and need not do so again. */
  onBegun?: () => void
}

/**
 * Tries the connection: one line for each thing that can be wrong, with what to do where it is; where a setting would
 * mend it, a button that saves that and tries again.
 */
export function TestChecks({ connection, card, atOnce = false, onBegun }: Props) {
  const t = useTranslations('settings.test')
  const errorText = useErrorText()
  const testing = useTest(connection.id, atOnce, onBegun)
  const mending = useChangeConnection(connection.id)
  const { data, isPending } = testing
  const checks = data?.checks
  const error = testing.error ?? mending.error
  const mend = ({ setting, value }: Suggestion) =>
    mending.mutate({ settings: { [setting]: value } }, { onSuccess: () => testing.mutate() })
  return (
    <div className="flex flex-col gap-3">
      <div>
        <Button
          onClick={() => {
            mending.reset()
            testing.mutate()
          }}
          loading={isPending}
        >
          {checks || error ? t('again') : t('run')}
        </Button>
      </div>
      <div aria-live="polite" className="empty:hidden">
        {isPending ? (
          <ul>
            {Object.entries(card?.checks ?? {}).map(([name, label]) => (
              <CheckLine key={name} icon={<Spinner />} label={label} />
            ))}
          </ul>
        ) : error ? (
          <Notice tone="danger">{errorText(error)}</Notice>
        ) : (
          checks && (
            <ul>
              {checks.map(({ name, label, ok, detail, suggest }) => (
                <CheckLine
                  key={name}
                  icon={
                    ok ? (
                      <CircleCheck className="size-4 text-success" aria-label={t('ok')} />
                    ) : (
                      <CircleX className="size-4 text-danger" aria-label={t('wrong')} />
                    )
                  }
                  label={label}
                  detail={detail}
                  action={
                    suggest && (
                      <Button size="sm" onClick={() => mend(suggest)} loading={mending.isPending}>
                        {suggest.label}
                      </Button>
                    )
                  }
                />
              ))}
            </ul>
          )
        )}
      </div>
    </div>
  )
}

type CheckLineProps = { icon: ReactNode; label: string; detail?: string; action?: ReactNode }

function CheckLine({ icon, label, detail, action }: CheckLineProps) {
  return (
    <li className="flex gap-2.5 border-b border-border py-2 first:pt-0 last:border-b-0 last:pb-0">
      <span className="mt-0.5 flex size-4 shrink-0">{icon}</span>
      <span className="min-w-0">
        <span className="font-medium">{label}</span>
        {detail && <span className="block break-words text-text-muted">{detail}</span>}
        {action && <span className="mt-1.5 block">{action}</span>}
      </span>
    </li>
  )
}

function useTest(id: string, atOnce: boolean, onBegun?: () => void) {
  const queryClient = useQueryClient()
  const testing = useMutation({
    mutationFn: () => call(testConnection, { params: { id } }),
    onSettled: () =>
      void queryClient.invalidateQueries({ queryKey: settingsKeys.connection(id), exact: true }),
  })
  const begun = useRef(false)
  useEffect(() => {
    if (!atOnce || begun.current) return
    begun.current = true
    testing.mutate()
    onBegun?.()
  }, [atOnce, testing, onBegun])
  return testing
}
