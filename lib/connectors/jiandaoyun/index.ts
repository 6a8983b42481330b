import type { Connector } from '../contract'
import { mayCall } from './api/client'
import { listPeople } from './api/members'
import { todos } from './api/todos'
import { card } from './card'
import { link } from './link'
import { readPush } from './normalize'
import { settings, type JiandaoyunSettings } from './settings'
import { authenticate, deliveryId } from './signature'
import { testConnection } from './test-connection'
import en from './texts.en.json'
import zhCN from './texts.zh-CN.json'

/**
 * 简道云 (Jiandaoyun): pushes its messages to a webhook, signed with a shared secret. With an API key it is asked too,
 * who there is and which to-dos are open. See README.md here.
 */
export const jiandaoyun: Connector<JiandaoyunSettings> = {
  id: 'jiandaoyun',
  card,
  texts: { 'zh-CN': zhCN, en },
  settings,
  webhook: {
    ready: ({ secret }) => secret !== undefined,
    authenticate,
    deliveryId,
    read: (push, _settings, receivedAt) => readPush(push, receivedAt),
  },
  directory: { ready: mayCall, listPeople },
  todos,
  link,
  test: testConnection,
}
