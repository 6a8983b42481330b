import { addDays, clockOf, dayOf, momentOf, weekdayOf } from '@/lib/client/message-time'

export type SnoozeChoice = 'hour' | 'evening' | 'tomorrow' | 'monday'

const EVENING = '18:00'
const MORNING = '09:00'
const MONDAY = 1

/**
 * When a message may come back: in an hour, this evening (while that is more than an hour away), tomorrow morning,
 * next Monday morning (unless that is tomorrow). By the server's clock on the wall.
 */
export function snoozeTimes(now: Date, timeZone: string): { choice: SnoozeChoice; until: Date }[] {
  const today = dayOf(now, timeZone)
  const toMonday = (MONDAY - weekdayOf(today) + 7) % 7 || 7
  const hour = new Date(Math.ceil((now.getTime() + 3_600_000) / 60_000) * 60_000)
  const evening = momentOf(today, EVENING, timeZone)
  const choices: { choice: SnoozeChoice; until: Date; offered: boolean }[] = [
    { choice: 'hour', until: hour, offered: true },
    { choice: 'evening', until: evening, offered: evening > hour },
    { choice: 'tomorrow', until: momentOf(addDays(today, 1), MORNING, timeZone), offered: true },
    { choice: 'monday', until: momentOf(addDays(today, toMonday), MORNING, timeZone), offered: toMonday > 1 },
  ]
  return choices.flatMap(({ offered, ...choice }) => (offered ? [choice] : []))
}

/** `2026-11-22T09:00` of a date-and-time field as a moment; null for one that is not there or not to come. */
export function customTime(field: string, now: Date, timeZone: string): Date | null {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(field) ?? []
  if (!day || !time) return null
  const until = momentOf(day, time, timeZone)
  return until > now ? until : null
}

/** A moment as a date-and-time field wants it. */
export function fieldTime(date: Date, timeZone: string): string {
  return `${dayOf(date, timeZone)}T${clockOf(date, { timeZone, locale: 'en' })}`
}
