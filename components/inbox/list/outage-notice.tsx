'use client'

import { TriangleAlert, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { useTimes } from '@/components/shell/session-provider'
import { IconButton } from '@/components/ui/icon-button'
import {
  dismissedOutages,
  dismissOutages,
  isDismissed,
  onOutagesDismissed,
} from '@/lib/client/dismissed-outages'
import { fullTime } from '@/lib/client/message-time'
import { downSources } from '@/lib/client/messages/sources'
import type { Counts } from '@/lib/contracts/messages'

/** Over the list: which sources are out of reach, since when, and what that means. Gone when they are back. */
export function OutageNotice({ counts }: { counts: Counts | undefined }) {
  const t = useTranslations('inbox.outage')
  const times = useTimes()
  const dismissed = useSyncExternalStore(onOutagesDismissed, dismissedOutages, () => '')
  const outages = downSources(counts, times.now).filter((outage) => !isDismissed(outage, dismissed))
  return (
    <div role="status">
      {outages.length > 0 && (
        <div className="flex items-start gap-2 border-b border-border bg-warning-soft py-1.5 pr-2 pl-4 text-sm">
          <TriangleAlert className="mt-1 size-3.5 shrink-0 text-warning" aria-hidden />
          <ul className="min-w-0 flex-1">
            {outages.map(({ id, name, failingSince }) => (
              <li key={id} className="break-words">
                {t('since', { connection: name, time: fullTime(failingSince, times) })}
              </li>
            ))}
          </ul>
          <IconButton label={t('dismiss')} size="sm" onClick={() => dismissOutages(outages)}>
            <X aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  )
}
