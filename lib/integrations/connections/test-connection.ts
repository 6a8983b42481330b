import type { Locale } from '@/lib/shared/errors'
import { liveConnection } from './connection-settings'
import { mappedPeople } from './mapped-people-store'

export type ShownCheck = {
  name: string
  label: string
  ok: boolean
  detail: string
  suggest?: { setting: string; value: unknown; label: string }
}

/** With so many mapped people a test may try what only somebody's own data can answer. */
const PEOPLE_TO_TRY = 3

/** Tries a connection: one check per thing that can be wrong, in the reader's language. */
export async function testConnection(id: string, locale: Locale): Promise<ShownCheck[]> {
  const { connector, context } = await liveConnection(id)
  const labels = connector.texts[locale].checks
  const checks = await connector.test(context, await mappedPeople(id, PEOPLE_TO_TRY))
  return checks.map(({ name, ok, detail, suggest }) => ({
    name,
    label: labels[name] ?? name,
    ok,
    detail: detail[locale],
    ...(suggest && { suggest: { ...suggest, label: suggest.label[locale] } }),
  }))
}
