'use client'

import { SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { isNarrowed, type InboxAddress } from '../address/inbox-address'

type Props = {
  address: InboxAddress
  onNarrow: (words: Partial<InboxAddress>) => void
  onWiden: () => void
  onClear: () => void
}

/** Nothing was found: what can be left out to find more. */
export function SearchEmpty({ address, onNarrow, onWiden, onClear }: Props) {
  const t = useTranslations('inbox.search')
  return (
    <EmptyState
      className="my-auto"
      icon={<SearchX />}
      title={t('none.title')}
      text={t('none.text')}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {address.within && (
            <Button onClick={() => onNarrow({ within: null })}>{t('none.everywhere')}</Button>
          )}
          {isNarrowed(address) && <Button onClick={onWiden}>{t('none.widen')}</Button>}
          <Button variant="ghost" onClick={onClear}>
            {t('none.clear')}
          </Button>
        </div>
      }
    />
  )
}
