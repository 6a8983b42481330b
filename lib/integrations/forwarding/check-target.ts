import type { Connector } from '@/lib/connectors/contract'
import { forwardSetting } from '@/lib/connectors/forward-setting'
import { findConnector } from '@/lib/connectors/registry'
import type { Tx } from '@/lib/platform/transaction'
import { AppError, type Locale } from '@/lib/shared/errors'
import { findConnection } from '../connections/connection-store'

/**
 * Whether messages can be passed on to where these settings say; `invalid_input` otherwise. Only what is just being set
 * is looked at: a target that was archived later must not keep other settings from being changed.
 */
export async function checkForwardTarget(
  connector: Connector,
  change: Record<string, unknown>,
  locale: Locale,
  tx: Tx | null = null,
): Promise<void> {
  const field = connector.card.fields.find(({ kind }) => kind === 'forward')
  const wanted = field && forwardSetting.safeParse(change[field.name]).data
  if (!wanted) return
  const target = await findConnection(wanted.connectionId, tx)
  if (target && !target.archivedAt && findConnector(target.connector)?.send) return
  const words = locale === 'en' ? 'Messages cannot be sent to this connection' : '不能往这个连接发送消息'
  throw new AppError('invalid_input', { fields: { [`settings.${field.name}.connectionId`]: words } })
}
