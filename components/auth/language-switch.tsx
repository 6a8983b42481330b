'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { rememberLocale } from '@/lib/client/device-preferences'

/** Goes over to the other language; before signing in nobody's preference is known. */
export function LanguageSwitch() {
  const other = useLocale() === 'en' ? 'zh-CN' : 'en'
  const router = useRouter()
  const t = useTranslations('auth')
  const change = () => {
    rememberLocale(other)
    router.refresh()
  }
  return (
    <Button variant="ghost" size="sm" lang={other} onClick={change} className="text-text-faint">
      {t('otherLanguage')}
    </Button>
  )
}
