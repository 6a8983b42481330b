'use client'

import { useTranslations } from 'next-intl'
import type { ConnectionDetail, ConnectorCard } from '@/lib/contracts/connections'

/** So many are no accident any more. */
const MANY = 5
const UNSIGNED = ['signature_missing', 'signature_wrong', 'nonce_malformed', 'timestamp_malformed']

type Pushed = Pick<ConnectionDetail, 'refusals' | 'lastSuccessAt'>

/** How many of the last pushes did not prove to be the vendor's, since one was taken; as many as are shown at most. */
export function refusedSince({ refusals, lastSuccessAt }: Pushed): number {
  const taken = lastSuccessAt ? Date.parse(lastSuccessAt) : -Infinity
  return refusals.last.filter(({ at, reason }) => UNSIGNED.includes(reason) && Date.parse(at) > taken).length
}

/** Push after push was refused: the system may have stopped pushing, and what to do then, in its card's words. */
export function PushOff({ connection, card }: { connection: Pushed; card: ConnectorCard | undefined }) {
  const t = useTranslations('settings.refusals')
  const count = refusedSince(connection)
  if (!card?.pushOff || count < MANY) return null
  return (
    <div role="status" className="mb-6 rounded-md bg-warning-soft px-3 py-2.5">
      <p className="font-medium text-warning">{t('inARow', { count })}</p>
      <p className="mt-0.5 break-words">{card.pushOff}</p>
    </div>
  )
}
