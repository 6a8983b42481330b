import { cleanText, MAX_FIELDS, TEXT_LIMITS, type Content } from '@/lib/inbox/message'
import { UPDATE_OP } from './ops'

type Line = { label: string; value: string }
export type ContentLines = Pick<Content, 'fields' | 'changes'>

/** Lines of 数据修改后提醒 that are about the change, not changes themselves. */
const EDITOR_LABEL = '修改人'
const ABOUT_THE_CHANGE = new Set([EDITOR_LABEL, '数据标题'])
const ARROW = '→'

/**
 * The lines of `data.content`: `label: value`, one a line, as the vendor writes them (open/11497, 4.2.2 and 4.3.2);
 * of an update also `label: old→new`. The vendor does not escape line feeds or arrows in values, so a line without
 * a label continues the value before it, and the first arrow parts old from new. Lines before the first label are
 * in the whole text only.
 */
export function readContentLines(op: string, content: string): ContentLines {
  const fields: ContentLines['fields'] = []
  const changes: ContentLines['changes'] = []
  for (const { label, value } of labelledLines(cleanText(content, Infinity))) {
    const arrow = op === UPDATE_OP && !ABOUT_THE_CHANGE.has(label) ? value.indexOf(ARROW) : -1
    if (arrow < 0) fields.push({ label: kept(label, 'label'), value: kept(value, 'value') })
    else
      changes.push({
        label: kept(label, 'label'),
        from: kept(value.slice(0, arrow), 'value'),
        to: kept(value.slice(arrow + ARROW.length), 'value'),
      })
  }
  return { fields, changes }
}

/** Who changed the record, as far as the lines of an update say it. */
export function editorIn(op: string, fields: ContentLines['fields']): string | null {
  if (op !== UPDATE_OP) return null
  const name = fields.find((field) => field.label === EDITOR_LABEL)?.value
  return name ? cleanText(name, TEXT_LIMITS.sender) : null
}

function labelledLines(content: string): Line[] {
  const found: { label: string; lines: string[] }[] = []
  for (const line of content.split('\n')) {
    const start = asLabelled(line)
    if (start === null) found.at(-1)?.lines.push(line)
    else if (found.length === MAX_FIELDS) break
    else found.push({ label: start.label, lines: [start.value] })
  }
  return found.map(({ label, lines }) => ({ label, value: lines.join('\n').trim() }))
}

/** The vendor's own separator is a colon and a space; alerts have a full-width colon. */
const SEPARATED = /^([^：]*?)(?:：|:(?=\s|$))(.*)$/su
/** A bare colon will do, but not that of `https://` or of 10:30. */
const BARE_COLON = /^([^:]*)(?<!\d(?=:\d)):(?!\/\/)(.*)$/su

function asLabelled(line: string): Line | null {
  const match = SEPARATED.exec(line) ?? BARE_COLON.exec(line)
  const label = match?.[1]?.trim() ?? ''
  if (label === '' || label.length > TEXT_LIMITS.label) return null
  return { label, value: match?.[2] ?? '' }
}

function kept(text: string, kind: 'label' | 'value'): string {
  return cleanText(text.trim(), TEXT_LIMITS[kind])
}
