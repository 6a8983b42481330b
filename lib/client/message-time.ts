import type { Locale } from '@/lib/shared/errors'

/** By whose calendar and in whose words times are told: the server's time zone, the reader's language. */
export type TimeContext = { now: Date; timeZone: string; locale: Locale; yesterday: string; today: string }

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format is slow and a list needs the same few all the time. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}

/** The calendar day there, `2026-11-21`. */
export function dayOf(date: Date, timeZone: string): string {
  return format('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(date)
}

/** A calendar day some days later (or earlier). */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Sunday is 0. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/**
 * The moment a clock on that wall shows this day and time (`09:00`); a time that a change of clocks skips is told
 * an hour earlier.
 */
export function momentOf(day: string, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  let moment = wanted - offsetAt(wanted, timeZone)
  // The offset was looked up at another moment; once more settles it around a change of clocks.
  moment = wanted - offsetAt(moment, timeZone)
  return new Date(moment)
}

/** How far the clock there is ahead of UTC at a moment, milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = format('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(moment))
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.floor(moment / 1000) * 1000
}

/** `10:42` */
export function clockOf(date: Date, { timeZone, locale }: Pick<TimeContext, 'timeZone' | 'locale'>): string {
  return format(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date)
}

/** The time of a row: 10:42 today, 昨天 09:15, 11月3日, 2025年11月3日. */
export function rowTime(iso: string, context: TimeContext): string {
  const date = new Date(iso)
  const day = dayOf(date, context.timeZone)
  const today = dayOf(context.now, context.timeZone)
  if (day === today) return clockOf(date, context)
  if (day === addDays(today, -1)) return `${context.yesterday} ${clockOf(date, context)}`
  return dateWords(date, day, today, context)
}

/** A time of day always, and before yesterday the date as well: what a message's own page tells. */
export function fullTime(iso: string, context: TimeContext): string {
  const date = new Date(iso)
  const words = rowTime(iso, context)
  const yesterday = addDays(dayOf(context.now, context.timeZone), -1)
  return dayOf(date, context.timeZone) < yesterday ? `${words} ${clockOf(date, context)}` : words
}

/** The heading over a day's rows: 今天, 昨天, 11月3日 星期二, 2025年11月3日 星期一. */
export function dayHeading(day: string, context: TimeContext): string {
  const today = dayOf(context.now, context.timeZone)
  if (day === today) return context.today
  if (day === addDays(today, -1)) return context.yesterday
  const noon = new Date(`${day}T12:00:00Z`)
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  const options = { timeZone: 'UTC', month: 'short', day: 'numeric', weekday: 'long', ...year } as const
  return spaced(format(context.locale, options).format(noon))
}

/** A time to come: 今天 18:00, 11月23日 星期一 09:00. */
export function comingTime(iso: string, context: TimeContext): string {
  const date = new Date(iso)
  return `${dayHeading(dayOf(date, context.timeZone), context)} ${clockOf(date, context)}`
}

/** Date and time to the second, for the tip. */
export function exactTime(
  iso: string,
  { timeZone, locale }: Pick<TimeContext, 'timeZone' | 'locale'>,
): string {
  const options = {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const
  return spaced(format(locale, options).format(new Date(iso)))
}

function dateWords(date: Date, day: string, today: string, { timeZone, locale }: TimeContext): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  return format(locale, { timeZone, month: 'short', day: 'numeric', ...year }).format(date)
}

/** Chinese formats put the weekday against the day: 11月3日星期二. */
function spaced(text: string): string {
  return text.replace(/日(?=(星期|周))/, '日 ').replace(/((?:星期|周).)(?=\d)/, '$1 ')
}
