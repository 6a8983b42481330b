'use client'

import { Download } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { CopyField } from '@/components/ui/copy-field'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import type { DeliveryDetail } from '@/lib/contracts/deliveries'
import { bytesOf, saveFile } from '../files/save-file'
import { prettyJson } from './pretty-json'

/** What was in the push: laid out for reading, and exactly as it arrived. */
export function DeliveryBody({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations('deliveries.body')
  const format = useFormatter()
  const { body, bodyBase64, bodyHash, id } = delivery
  if (bodyBase64 === null) {
    return (
      <>
        <p className="mb-4 text-text-muted">{t('purged')}</p>
        <Hash value={bodyHash} />
      </>
    )
  }
  const pretty = body === null ? null : prettyJson(body)
  const save = () =>
    saveFile(
      `delivery-${id}.${pretty === null ? 'bin' : 'json'}`,
      bytesOf(bodyBase64),
      'application/octet-stream',
    )
  return (
    <Tabs defaultValue={pretty === null ? 'raw' : 'pretty'}>
      <div className="flex flex-wrap items-end justify-between gap-2">
        <TabsList aria-label={t('how')}>
          {pretty !== null && <TabsTrigger value="pretty">{t('pretty')}</TabsTrigger>}
          <TabsTrigger value="raw">{t('raw')}</TabsTrigger>
        </TabsList>
        <Button size="sm" onClick={save}>
          <Download aria-hidden />
          {t('download')}
        </Button>
      </div>
      {pretty !== null && (
        <TabsContent value="pretty" className="mt-3">
          <Text label={t('pretty')}>{pretty}</Text>
        </TabsContent>
      )}
      <TabsContent value="raw" className="mt-3 flex flex-col gap-3">
        <Text label={t('raw')}>{body ?? bodyBase64}</Text>
        <p className="text-sm text-text-muted">
          {t('bytes', { bytes: format.number(delivery.bytes ?? bytesOf(bodyBase64).length) })}
        </p>
        <Hash value={bodyHash} />
      </TabsContent>
    </Tabs>
  )
}

function Text({ label, children }: { label: string; children: string }) {
  return (
    // Reachable by keyboard, or it could not be scrolled by it.
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-120 overflow-auto rounded-md border border-border bg-background px-3 py-2 font-mono text-sm wrap-anywhere whitespace-pre-wrap"
    >
      {children}
    </pre>
  )
}

function Hash({ value }: { value: string }) {
  const t = useTranslations('deliveries.body')
  return (
    <div>
      <p className="mb-1 text-sm text-text-muted">{t('hash')}</p>
      <CopyField value={value} label={t('hash')} />
    </div>
  )
}
