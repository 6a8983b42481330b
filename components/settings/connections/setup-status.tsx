'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Disclosure } from '@/components/ui/disclosure'
import { Spinner } from '@/components/ui/spinner'
import { useTimeWords } from '../time-text'
import { useCountdown } from '@/components/ui/use-countdown'
import type { ConnectionDetail } from '@/lib/contracts/connections'

type Props = {
  connection: Pick<ConnectionDetail, 'state' | 'setupUntil' | 'setupCalls'>
  onReopen: () => void
  reopening: boolean
}

/** Whether the vendor's test has arrived, and how long the address still takes anything. */
export function SetupStatus({ connection, onReopen, reopening }: Props) {
  const { state, setupUntil, setupCalls } = connection
  const left = useCountdown(setupUntil ? Date.parse(setupUntil) : null)
  return (
    <div className="mt-3 flex flex-col gap-2">
      <div aria-live="polite">
        {setupCalls.length > 0 ? (
          <Received calls={setupCalls} />
        ) : (
          state === 'setup' && left > 0 && <Waiting />
        )}
      </div>
      {state === 'setup' && <Window left={left} onReopen={onReopen} reopening={reopening} />}
    </div>
  )
}

function Waiting() {
  const t = useTranslations('settings.setup')
  return (
    <p className="flex items-center gap-2 rounded-md bg-hover px-3 py-2 text-text-muted">
      <Spinner />
      {t('waiting')}
    </p>
  )
}

function Received({ calls }: { calls: ConnectionDetail['setupCalls'] }) {
  const t = useTranslations('settings.setup')
  const { short } = useTimeWords()
  const newest = calls[0]
  if (!newest) return null
  return (
    <div className="rounded-md bg-success-soft px-3 py-2">
      <p className="flex items-center gap-2 font-medium text-success">
        <CircleCheck className="size-4 shrink-0" aria-hidden />
        {t('received', { time: short(newest.at) })}
        {calls.length > 1 && (
          <span className="font-normal text-text-muted">{t('receivedMore', { count: calls.length })}</span>
        )}
      </p>
      <Disclosure label={t('showContent')} className="text-sm">
        <pre className="mt-1 max-h-48 overflow-auto text-xs wrap-anywhere whitespace-pre-wrap text-text-muted">
          {asText(newest)}
        </pre>
      </Disclosure>
    </div>
  )
}

function asText({ query, headers, body }: ConnectionDetail['setupCalls'][number]): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [query && `?${query}`, ...lines, '', body].join('\n').trim()
}

function Window({ left, onReopen, reopening }: { left: number; onReopen: () => void; reopening: boolean }) {
  const t = useTranslations('settings.setup')
  if (left > 0) {
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    return (
      <p className="text-sm text-text-muted">
        {t.rich('window', { time: () => <span className="tabular-nums">{clock}</span> })}
      </p>
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-warning-soft px-3 py-2 text-warning">
      <p className="flex-1">{t('closed')}</p>
      <Button size="sm" onClick={onReopen} loading={reopening}>
        {t('reopen')}
      </Button>
    </div>
  )
}
