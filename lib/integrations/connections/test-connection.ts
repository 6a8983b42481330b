import type { Locale } from '@/lib/shared/errors'
import { liveConnection } from './connection-settings'

export type ShownCheck = { name: string; label: string; ok: boolean; detail: string }

/** Tries a connection: one check per thing that can be wrong, in the reader's language. */
export async function testConnection(id: string, locale: Locale): Promise<ShownCheck[]> {
  const { connector, context } = await liveConnection(id)
  const labels = connector.texts[locale].checks
  const checks = await connector.test(context)
  return checks.map(({ name, ok, detail }) => ({
    name,
    label: labels[name] ?? name,
    ok,
    detail: detail[locale],
  }))
}
