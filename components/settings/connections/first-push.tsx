'use client'

import { CircleCheck, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Spinner } from '@/components/ui/spinner'
import type { ConnectionDetail } from '@/lib/contracts/connections'
import { useTimeWords } from '../time-text'

type Props = { connection: Pick<ConnectionDetail, 'lastSuccessAt' | 'refusals'> }

/** After the secret was saved: whether what arrives is signed with it. */
export function FirstPush({ connection: { lastSuccessAt, refusals } }: Props) {
  const t = useTranslations('settings.setup')
  const { short } = useTimeWords()
  const refused = refusals.last.find(({ reason }) => reason.startsWith('signature_'))
  const isNewer = refused && (lastSuccessAt === null || refused.at > lastSuccessAt)
  return (
    <div aria-live="polite" className="mt-2">
      {isNewer ? (
        <p className="flex items-center gap-2 rounded-md bg-danger-soft px-3 py-2 text-danger">
          <CircleX className="size-4 shrink-0" aria-hidden />
          {t('wrongSignature', { time: short(refused.at) })}
        </p>
      ) : lastSuccessAt ? (
        <p className="flex items-center gap-2 rounded-md bg-success-soft px-3 py-2 text-success">
          <CircleCheck className="size-4 shrink-0" aria-hidden />
          {t('pushReceived', { time: short(lastSuccessAt) })}
        </p>
      ) : (
        <p className="flex items-center gap-2 rounded-md bg-hover px-3 py-2 text-text-muted">
          <Spinner />
          {t('waitingForPush')}
        </p>
      )}
    </div>
  )
}
