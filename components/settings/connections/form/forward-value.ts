import { category } from '@/lib/contracts/messages'

export const CATEGORIES = category.options

/** What is passed on, as the form holds it. `ops` cannot be changed here and is kept. */
export type ForwardValue = {
  connectionId: string
  senderLoginName: string
  /** All of them: no difference is made. */
  categories: string[]
  ops?: string[]
}

/** The setting as text, by which two of them can be compared; empty: nothing is passed on. */
export function forwardText(value: ForwardValue | null): string {
  return value === null ? '' : JSON.stringify(value)
}

/** What the server keeps, as the form holds it. */
export function storedForward(stored: unknown): string {
  if (typeof stored !== 'object' || stored === null) return ''
  const { connectionId, senderLoginName, categories, ops } = stored as Partial<ForwardValue>
  return forwardText({
    connectionId: connectionId ?? '',
    senderLoginName: senderLoginName ?? '',
    categories: CATEGORIES.filter((one) => categories?.includes(one) ?? true),
    ...(ops && { ops }),
  })
}

/** The other way round; null: nothing is passed on. */
export function forwardOf(text: unknown): ForwardValue | null {
  return typeof text === 'string' && text !== '' ? (JSON.parse(text) as ForwardValue) : null
}

/** As it is sent to the server; null clears. */
export function sentForward(text: string): object | null {
  const value = forwardOf(text)
  if (!value) return null
  const { connectionId, senderLoginName, categories, ops } = value
  return {
    connectionId,
    senderLoginName: senderLoginName.trim(),
    ...(categories.length < CATEGORIES.length && { categories }),
    ...(ops && { ops }),
  }
}

/** Whether everything is there that the server will ask for. */
export function isForwardWhole(text: unknown): boolean {
  const value = forwardOf(text)
  if (!value) return true
  return value.connectionId !== '' && value.senderLoginName.trim() !== '' && value.categories.length > 0
}
