import type { Connector } from '../contract'
import { card } from './card'
import { findPerson } from './find-person'
import { hasLink, resolveLink } from './link'
import { scanAll, scanUnread } from './messages/scan'
import { canSend, send } from './send'
import { settings, type SeeyonSettings } from './settings'
import { personId } from './person-id'
import { signOn } from './sign-on'
import { testConnection } from './test-connection'
import { todos } from './todos'
import en from './texts.en.json'
import zhCN from './texts.zh-CN.json'
import { BATCH, markRead } from './write-back'

/** Seeyon (致远 OA, V5 line): polled per employee over its CTP REST interface, and told what was read here. */
export const seeyon: Connector<SeeyonSettings> = {
  id: 'seeyon',
  card,
  texts: { 'zh-CN': zhCN, en },
  settings,
  personId,
  pull: {
    pace: ({ pollSeconds, concurrency }) => ({ pollSeconds, concurrency }),
    readSettles: ({ readMeansDone }) => readMeansDone,
    findPerson,
    scanUnread,
    scanAll,
  },
  writeBack: { batch: BATCH, markRead },
  send: { ready: canSend, send },
  todos,
  link: { has: hasLink, resolve: resolveLink },
  signOn,
  test: testConnection,
}
