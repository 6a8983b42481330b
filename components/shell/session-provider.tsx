'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { createContext, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react'
import type { SessionUser } from '@/lib/contracts/auth'
import { rememberedLocale, rememberLocale } from '@/lib/client/device-preferences'
import type { TimeContext } from '@/lib/client/message-time'
import { sessionQuery } from '@/lib/client/queries'

const SessionContext = createContext<SessionUser | null>(null)
const TimesContext = createContext<TimeContext | null>(null)

type Props = { user: Omit<SessionUser, 'timeZone'>; children: ReactNode }

/** Who is signed in, for all below, and what they chose: language and theme hold from here on. */
export function SessionProvider({ user, children }: Props) {
  const known = useTimeZone() ?? 'UTC'
  // What the server drew the page with stands until the API has answered for itself.
  const { data } = useQuery({
    ...sessionQuery(),
    initialData: { ...user, timeZone: known },
    initialDataUpdatedAt: 0,
  })
  useChosenPreferences(data)
  useAnswersInLanguage()
  return (
    <SessionContext value={data}>
      <Times timeZone={data.timeZone}>{children}</Times>
    </SessionContext>
  )
}

/** The one clock of the page: times are told anew every minute. */
function Times({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  const locale = useLocale()
  const now = useNow({ updateInterval: 60_000 })
  const t = useTranslations('shell.day')
  const [today, yesterday] = [t('today'), t('yesterday')]
  const times = useMemo(
    () => ({ now, timeZone, locale, today, yesterday }),
    [now, timeZone, locale, today, yesterday],
  )
  return <TimesContext value={times}>{children}</TimesContext>
}

function useChosenPreferences({ preferences: { locale, theme } }: SessionUser) {
  const { setTheme } = useTheme()
  const router = useRouter()
  useEffect(() => setTheme(theme), [theme, setTheme])
  useEffect(() => {
    if (rememberedLocale() === locale) return
    rememberLocale(locale)
    router.refresh()
  }, [locale, router])
}

/** Some answers are in the reader's language: in another one they are asked for again. */
function useAnswersInLanguage() {
  const client = useQueryClient()
  const locale = useLocale()
  const asked = useRef(locale)
  useEffect(() => {
    if (asked.current === locale) return
    asked.current = locale
    void client.invalidateQueries()
  }, [client, locale])
}

/** The signed-in user. Only below `SessionProvider`. */
export function useSession(): SessionUser {
  const user = useContext(SessionContext)
  if (!user) throw new Error('useSession: no SessionProvider above')
  return user
}

/** Now, by the server's calendar and in the reader's words. Only below `SessionProvider`. */
export function useTimes(): TimeContext {
  const times = useContext(TimesContext)
  if (!times) throw new Error('useTimes: no SessionProvider above')
  return times
}
