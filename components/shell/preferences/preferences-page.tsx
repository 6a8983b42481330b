'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { useSession } from '../session-provider'
import { useSignOut } from '../use-sign-out'
import { DisplaySection } from './display-section'
import { PasswordSection } from './password-section'
import { ReadingSection } from './reading-section'
import { Section } from './section'
import { TokensSection } from './tokens-section'

/** What the reader sets for themselves: one column, one section a matter. */
export function PreferencesPage() {
  const t = useTranslations('shell')
  const { name, username, role } = useSession()
  const signOut = useSignOut()
  return (
    <div className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto flex max-w-160 flex-col px-5 pt-6 pb-16">
        <h1 className="text-xl font-semibold">{t('preferences.title')}</h1>
        <p className="mb-2 text-text-muted">
          {name} · {username}
        </p>
        <ReadingSection />
        <DisplaySection />
        <PasswordSection />
        <TokensSection />
        {role === 'admin' && (
          <Section title={t('user.settings')} help={t('preferences.adminHelp')}>
            <Button asChild className="w-fit">
              <Link href="/settings/connections">{t('preferences.admin')}</Link>
            </Button>
          </Section>
        )}
        <Section title={t('user.signOut')} help={t('preferences.signOutHelp')}>
          <Button onClick={signOut} className="w-fit">
            {t('user.signOut')}
          </Button>
        </Section>
      </div>
    </div>
  )
}
