'use client'

import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import type { Delivery } from '@/lib/contracts/deliveries'

const tones = { accepted: 'success', duplicate: 'neutral', dead: 'danger', other: 'neutral' } as const

/** What became of a push, in a word. */
export function VerdictBadge({ verdict }: { verdict: Delivery['verdict'] }) {
  const t = useTranslations('deliveries.verdict')
  return <Badge tone={tones[verdict]}>{t(verdict)}</Badge>
}
