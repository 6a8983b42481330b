import type { Check, Context } from '../contract'
import { readRows } from './rest/answers'
import { callSeeyon } from './rest/client'
import { longId, messageRow } from './rest/schemas'
import type { SeeyonSettings } from './settings'
import { fine, type Outcome } from './test-connection-outcome'

type SeeyonContext = Context<SeeyonSettings>
type Paging = SeeyonSettings['paging']

/** A list of a server before V6.0 comes whole, however little is asked for. */
const MAX_LIST_BYTES = 16 * 1024 * 1024

const FOUND: Record<Paging, Check['detail']> = {
  v6: {
    'zh-CN': '这台服务器按页给出消息（V6.0 及以后）',
    en: 'This server lists messages page by page (V6.0 and later)',
  },
  legacy: {
    'zh-CN': '这台服务器不认页码（V6.0 之前）',
    en: 'This server does not know page numbers (before V6.0)',
  },
}
const WRONG: Record<Paging, Check['detail']> = {
  v6: {
    'zh-CN': '，而设置是「V6.0 之前」：每次会多读',
    en: ', but the setting is "Before V6.0": more is read than needed',
  },
  legacy: {
    'zh-CN': '，而设置是「V6.0 及以后」：未读超过一页时会读不全',
    en: ', but the setting is "V6.0 and later": more than a page of unread messages is not read whole',
  },
}
const CHANGE: Record<Paging, Check['detail']> = {
  v6: { 'zh-CN': '改为「V6.0 及以后」', en: 'Change to "V6.0 and later"' },
  legacy: { 'zh-CN': '改为「V6.0 之前」', en: 'Change to "Before V6.0"' },
}

/**
 * Whether the server pages as the setting says: found out with the lists of mapped members, of which nothing but the
 * ids is looked at.
 */
export async function checkPaging(context: SeeyonContext, memberIds: string[]): Promise<Outcome> {
  if (memberIds.length === 0) {
    return fine('没有检查：对应一位员工后才能试', 'Not checked: this needs an employee who is mapped')
  }
  for (const memberId of memberIds) {
    const found = await pagingOf(context, memberId)
    if (found === null) continue
    if (found === context.settings.paging) return { ok: true, detail: FOUND[found] }
    const detail = {
      'zh-CN': FOUND[found]['zh-CN'] + WRONG[found]['zh-CN'],
      en: FOUND[found].en + WRONG[found].en,
    }
    return { ok: false, detail, suggest: { setting: 'paging', value: found, label: CHANGE[found] } }
  }
  return fine(
    '看不出来：试读的员工消息太少，等他们的消息多一些再测',
    'It cannot be told: the employees tried have too few messages. Test again once they have more',
  )
}

/** How the lists of this member are paged; null where they hold too little to tell. */
async function pagingOf(context: SeeyonContext, memberId: string): Promise<Paging | null> {
  for (const endpoint of ['message/unread', 'message/all']) {
    const first = await readIds(context, endpoint, memberId, '1')
    if (first.length === 0) continue
    const second = await readIds(context, endpoint, memberId, '2')
    if (second[0] !== first[0]) return 'v6'
    // The same again: more rows than asked for are a list that knows no pages. One row may be all there is, or a newer
    // server that gives its last page again.
    if (first.length > 1) return 'legacy'
  }
  return null
}

async function readIds(
  context: SeeyonContext,
  endpoint: string,
  memberId: string,
  pageNo: string,
): Promise<(string | null)[]> {
  const query = { pageNo, pageSize: '1' }
  const call = { endpoint, segments: [memberId], query, memberId, maxBytes: MAX_LIST_BYTES }
  const rows = readRows(await callSeeyon(context, call))
  return rows.map((row) => longId(messageRow.safeParse(row).data?.id))
}
