import { forwardSetting, type ForwardSetting } from '@/lib/connectors/forward-setting'
import type { ForwardRule } from '@/lib/inbox/forwards/forward-new'
import { distribute } from '@/lib/inbox/intake/store-push'
import { environment } from '@/lib/platform/env'
import { goLive, type LiveConnection } from '../connections/connection-settings'
import { findConnectionFast } from '../connections/connection-store'

/** What a connection passes on; null: nothing. Its card says under which name that is set. */
export function forwardSettingOf({ connector, settings }: LiveConnection): ForwardSetting | null {
  const field = connector.card.fields.find(({ kind }) => kind === 'forward')
  if (!field) return null
  return forwardSetting.safeParse((settings as Record<string, unknown>)[field.name]).data ?? null
}

/** The rule by which new messages of a connection are passed on. Without `BASE_URL` no link could lead back: none are. */
export function forwardRuleOf(live: LiveConnection): ForwardRule | null {
  const setting = forwardSettingOf(live)
  if (!setting || environment().baseUrl === null) return null
  const { connectionId, ops, categories } = setting
  return { connectionId, types: ops ?? null, categories: categories ?? null }
}

/** The worker's part of a large push, by the rule that its connection has now. */
export async function distributeRest(deliveryId: string, forwardFrom: string | undefined): Promise<void> {
  const row = forwardFrom === undefined ? null : await findConnectionFast(forwardFrom)
  const live = row && !row.archivedAt ? goLive(row) : null
  const rule = live && forwardRuleOf(live)
  return distribute(deliveryId, rule && live ? { from: live.row.id, rule } : null)
}
