import enActivity from './en/activity.json'
import enAuth from './en/auth.json'
import enCommon from './en/common.json'
import enDeliveries from './en/deliveries.json'
import enImport from './en/import.json'
import enInbox from './en/inbox.json'
import enSending from './en/sending.json'
import enSettings from './en/settings.json'
import enShell from './en/shell.json'
import enWelcome from './en/welcome.json'
import zhActivity from './zh-CN/activity.json'
import zhAuth from './zh-CN/auth.json'
import zhCommon from './zh-CN/common.json'
import zhDeliveries from './zh-CN/deliveries.json'
import zhImport from './zh-CN/import.json'
import zhInbox from './zh-CN/inbox.json'
import zhSending from './zh-CN/sending.json'
import zhSettings from './zh-CN/settings.json'
import zhShell from './zh-CN/shell.json'
import zhWelcome from './zh-CN/welcome.json'
import type { Locale } from '@/lib/shared/errors'

const zh = {
  common: zhCommon,
  auth: zhAuth,
  welcome: zhWelcome,
  settings: zhSettings,
  sending: zhSending,
  deliveries: zhDeliveries,
  activity: zhActivity,
  import: zhImport,
  inbox: zhInbox,
  shell: zhShell,
}

/** The interface's texts, one namespace a file. Chinese is the one that types and translations follow. */
export type Messages = typeof zh

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}

const messages: Record<Locale, Messages> = {
  'zh-CN': zh,
  en: {
    common: enCommon,
    auth: enAuth,
    welcome: enWelcome,
    settings: enSettings,
    sending: enSending,
    deliveries: enDeliveries,
    activity: enActivity,
    import: enImport,
    inbox: enInbox,
    shell: enShell,
  },
}

/** All texts of a language. */
export function messagesFor(locale: Locale): Messages {
  return messages[locale]
}
