'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { ImportResult } from '@/lib/contracts/import'
import { OneTimeLinks } from '../../people/links/one-time-links'
import { Section } from '../../section'

/** What an import has done, and the links of those it created, this once. */
export function Applied({ result, onAnother }: { result: ImportResult; onAnother: () => void }) {
  const t = useTranslations('import.done')
  const router = useRouter()
  const { users, mappings, delivered, links } = result
  const [taken, setTaken] = useState(links.length === 0)
  // What was pressed while nobody had taken the links: asked about first.
  const [leaving, setLeaving] = useState<(() => void) | null>(null)
  const leave = (by: () => void) => (taken ? by() : setLeaving(() => by))
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
          <OneTimeLinks links={links} onTaken={() => setTaken(true)} />
        </Section>
      )}
      <div className="mt-6 flex flex-wrap gap-2">
        <Button onClick={() => leave(() => router.push('/settings/mappings'))}>{t('toMappings')}</Button>
        <Button variant="ghost" onClick={() => leave(onAnother)}>
          {t('another')}
        </Button>
      </div>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={t('leave.title')}
        description={t('leave.text')}
        confirmLabel={t('leave.action')}
        danger
        onConfirm={() => leaving?.()}
      />
    </>
  )
}
