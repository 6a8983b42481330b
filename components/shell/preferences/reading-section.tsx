'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { RadioCards } from '@/components/ui/radio-cards'
import { Switch } from '@/components/ui/switch'
import { onShortcutsTurned, shortcutsOn, turnShortcuts } from '@/lib/client/device-preferences'
import { useSyncExternalStore } from 'react'
import { Section } from './section'
import { usePreferences } from './use-preferences'

/** When a message counts as read, and whether single keys act. */
export function ReadingSection() {
  const t = useTranslations('shell.preferences')
  const { preferences, change } = usePreferences()
  const keysOn = useSyncExternalStore(onShortcutsTurned, shortcutsOn, () => true)
  const id = useId()
  return (
    <Section title={t('reading.title')}>
      <RadioCards
        label={t('reading.title')}
        value={preferences.markRead}
        onValueChange={(markRead) => change({ markRead })}
        options={[
          { value: 'onOpen', label: t('reading.onOpen'), help: t('reading.onOpenHelp') },
          { value: 'byHand', label: t('reading.byHand'), help: t('reading.byHandHelp') },
        ]}
      />
      <div className="flex items-center gap-4 max-md:hidden">
        <div className="min-w-0 flex-1">
          <p id={id} className="font-medium">
            {t('keys.title')}
          </p>
          <p className="text-sm text-text-muted">{t('keys.help')}</p>
        </div>
        <Switch checked={keysOn} onCheckedChange={turnShortcuts} aria-labelledby={id} />
      </div>
    </Section>
  )
}
