'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { Switch } from '@/components/ui/switch'
import { turnShortcuts } from '@/lib/client/device-preferences'
import { GO_VIEWS, KEYS } from './keyboard-map'
import { useShortcutsOn } from './use-keyboard'

type Props = { open: boolean; onOpenChange: (open: boolean) => void }

/** All keys, and the switch that turns them off. */
export function KeysDialog({ open, onOpenChange }: Props) {
  const t = useTranslations('inbox.keys')
  const view = useTranslations('shell.view')
  const on = useShortcutsOn()
  const label = useId()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} size="lg">
      <div className="grid gap-x-8 sm:grid-cols-2">
        <dl>
          {KEYS.map(({ keys, command }) => (
            <Line key={command} keys={keys} what={t(`do.${command}`)} />
          ))}
        </dl>
        <dl>
          {GO_VIEWS.map((entry) => (
            <Line key={entry.view} keys={['g', entry.key]} what={t('goTo', { view: view(entry.view) })} />
          ))}
        </dl>
      </div>
      <div className="mt-3 flex items-center gap-3 border-t border-border pt-3">
        <div className="min-w-0 flex-1">
          <p id={label}>{t('switch')}</p>
          <p className="text-sm text-text-muted">{t('switchHelp')}</p>
        </div>
        <Switch checked={on} onCheckedChange={turnShortcuts} aria-labelledby={label} />
      </div>
    </Dialog>
  )
}

function Line({ keys, what }: { keys: string[]; what: string }) {
  return (
    <div className="flex h-8 items-center justify-between gap-4">
      <dt className="truncate">{what}</dt>
      <dd className="flex shrink-0 gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  )
}
