'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import type { ImportResult } from '@/lib/contracts/import'
import { OneTimeLinks } from '../../people/links/one-time-links'
import { Section } from '../../section'

/** What an import has done, and the links of those it created, this once. */
export function Applied({ result, onAnother }: { result: ImportResult; onAnother: () => void }) {
  const t = useTranslations('import.done')
  const { users, mappings, delivered, links } = result
  return (
    <>
      <div role="status">
        <p className="flex items-center gap-2 text-lg font-medium">
          <CircleCheck className="size-5 shrink-0 text-success" aria-hidden />
          {t('title')}
        </p>
        <ul className="mt-2 text-text-muted">
          {users.created > 0 && <li>{t('users', { count: users.created })}</li>}
          <li>{t('mappings', { count: mappings.created })}</li>
          {delivered > 0 && <li>{t('delivered', { count: delivered })}</li>}
        </ul>
      </div>
      {links.length > 0 && (
        <Section title={t('links')} text={t('linksText')} className="mt-6">
          <OneTimeLinks links={links} />
        </Section>
      )}
      <div className="mt-6 flex flex-wrap gap-2">
        <Button asChild>
          <Link href="/settings/mappings">{t('toMappings')}</Link>
        </Button>
        <Button variant="ghost" onClick={onAnother}>
          {t('another')}
        </Button>
      </div>
    </>
  )
}
