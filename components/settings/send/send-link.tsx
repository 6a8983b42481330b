'use client'

import { Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '@/components/ui/button'

/** From a connection's page to sending a message into it. */
export function SendLink({ id }: { id: string }) {
  const t = useTranslations('sending')
  return (
    <Button asChild>
      <Link href={`/settings/connections/${encodeURIComponent(id)}/send`}>
        <Send aria-hidden />
        {t('button')}
      </Link>
    </Button>
  )
}
