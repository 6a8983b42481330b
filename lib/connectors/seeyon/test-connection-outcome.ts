import type { Check } from '../contract'

/** What one check of the connection test found. */
export type Outcome = Omit<Check, 'name'>

/** Nothing is wrong, and what can be said of it. */
export function fine(zh: string, en: string): Outcome {
  return { ok: true, detail: { 'zh-CN': zh, en } }
}
