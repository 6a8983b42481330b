'use client'

import { RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useErrorText } from '@/components/ui/error-text'
import type { DeliveryDetail } from '@/lib/contracts/deliveries'
import { useReplay } from './use-deliveries'

/** Reads the push again. Copies and emptied ones have nothing to read. */
export function Replay({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations('deliveries.replay')
  const errorText = useErrorText()
  const [asking, setAsking] = useState(false)
  const replay = useReplay(delivery.id)
  const tell = useOutcome()
  if (delivery.verdict === 'duplicate' || delivery.bodyBase64 === null) return null
  const close = () => {
    setAsking(false)
    replay.reset()
  }
  const confirm = () =>
    replay.mutate(undefined, {
      onSuccess: (after) => {
        close()
        toast.success(tell(delivery, after))
      },
    })
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <RotateCcw aria-hidden />
        {t('action')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={close}
        title={t('title')}
        description={t('text')}
        confirmLabel={t('action')}
        pending={replay.isPending}
        error={replay.error ? errorText(replay.error) : undefined}
        onConfirm={confirm}
      />
    </>
  )
}

/** What replaying has changed. */
function useOutcome() {
  const t = useTranslations('deliveries')
  return (before: DeliveryDetail, after: DeliveryDetail): string => {
    if (before.verdict !== after.verdict) {
      return t('replay.now', { verdict: t(`verdict.${after.verdict}`), count: after.recipients })
    }
    return after.verdict === 'dead' ? t('replay.stillDead') : t('replay.same')
  }
}
