import { cleanText, TEXT_LIMITS, type Category, type Content } from '@/lib/inbox/message'
import type { ScannedItem } from '../../contract'
import type { IdentifiedRow } from './pages'
import { echoOf } from './echo'
import { LINK_PARAMS, longId } from '../rest/schemas'
import zhCN from '../texts.zh-CN.json'

/** `messageCategory` values of 绩效 (流程绩效, 行为绩效): their `linkurl` asks for year and month. */
const PERFORMANCE = new Set(['41', '42'])
/** The year 9999: above it, no database holds the time. */
const LATEST = 253_402_300_799_999

/** The type of a message whose category Seeyon left out. */
export const OTHER_TYPE = 'other'

/**
 * One row as the inbox wants it. Nothing in a row can make it fail.
 * @param now taken for a message without a usable time; the first time that is stored for a message counts
 */
export function normalizeRow(row: IdentifiedRow, now: Date): ScannedItem {
  const echo = echoOf(row)
  const item = { externalId: row.id, read: row.isRead === true, content: contentOf(row, now) }
  return echo === null ? item : { ...item, echo }
}

function contentOf(row: IdentifiedRow, now: Date): Content {
  const type = cleanText(row.messageCategory?.trim() ?? '', 40) || OTHER_TYPE
  const subtitle = moduleName(type)
  const text = cleanText(row.messageContent ?? '', TEXT_LIMITS.text)
  const sentAt = timeOf(row.creationDate) ?? now
  const referenceId = referenceOf(row.referenceId)
  return {
    category: categoryOf(row.linkType),
    type,
    action: null,
    // Seeyon has no title: its text is one sentence that says all. Without one, the module is all there is.
    title: cleanText(text, TEXT_LIMITS.title).trim() || subtitle,
    plainTitle: false,
    subtitle,
    text: text === '' ? null : text,
    fields: [],
    changes: [],
    sender: cleanText(row.senderName ?? '', TEXT_LIMITS.sender).trim() || null,
    sentAt,
    link: null,
    linkRef: linkRefOf(row, type, sentAt, referenceId),
    openType: row.openType === '0' ? 'window' : row.openType === '1' ? 'workarea' : null,
    count: null,
    important: Number(row.importantLevel) >= 2,
    threadKey: referenceId === null ? null : `ref:${referenceId}`,
    folding: null,
  }
}

/**
 * To-do, result or notice, by link type: `*.pending`, `*.auditing`, `mt.send`, `mt.invite` ask for something;
 * `*.done*`, `*.sended`, `*.supervise` tell how something goes. `*.alreadyauditing` is a notice.
 */
export function categoryOf(linkType: string | null): Category {
  if (linkType === null) return 'notice'
  if (/\.(pending|auditing)$|(^|\.)mt\.(send|invite)$/.test(linkType)) return 'todo'
  if (/\.done|\.(sended|supervise)$/.test(linkType)) return 'result'
  return 'notice'
}

/** The name of the module a message category stands for; 其他 for those that plugins brought. */
export function moduleName(type: string): string {
  const names: Record<string, string> = zhCN.types
  return Object.hasOwn(names, type) ? (names[type] as string) : names[OTHER_TYPE]!
}

function timeOf(creationDate: string | null): Date | null {
  if (creationDate === null || creationDate.trim() === '') return null
  const ms = Number(creationDate)
  return Number.isFinite(ms) && ms > 0 && ms <= LATEST ? new Date(Math.floor(ms)) : null
}

/** 0 and -1 are how Seeyon writes "none". */
function referenceOf(raw: string | null): string | null {
  const id = longId(raw)
  return id === null || id === '0' || id === '-1' ? null : id
}

/** What `linkurl` is asked with, and the parameters from which Seeyon itself makes the link. */
function linkRefOf(
  row: IdentifiedRow,
  type: string,
  sentAt: Date,
  referenceId: string | null,
): Record<string, string> | null {
  const linkType = row.linkType?.trim()
  if (!linkType) return null
  const ref: Record<string, string> = { linkType: cleanText(linkType, 200) }
  if (referenceId !== null) ref.referenceId = referenceId
  if (PERFORMANCE.has(type)) Object.assign(ref, monthOf(sentAt))
  for (const name of LINK_PARAMS) {
    const value = row[name]
    if (value !== null && value !== undefined && value !== '') ref[name] = cleanText(value, TEXT_LIMITS.link)
  }
  return ref
}

/** Year and month in China, where Seeyon counts them. */
function monthOf(time: Date): { year: string; month: string } {
  const local = new Date(time.getTime() + 8 * 3_600_000)
  return { year: String(local.getUTCFullYear()), month: String(local.getUTCMonth() + 1) }
}
