import type { Preferences } from '@/lib/contracts/auth'

/** Keeps the language in this browser: the server reads the cookie for the next page. */
export function rememberLocale(locale: Preferences['locale']): void {
  document.cookie =
    locale === 'auto'
      ? 'locale=; Path=/; Max-Age=0; SameSite=Lax'
      : `locale=${locale}; Path=/; Max-Age=31536000; SameSite=Lax`
}

/** The language this browser keeps; `auto` while it keeps none. */
export function rememberedLocale(): Preferences['locale'] {
  const kept = /(?:^|;\s*)locale=(zh-CN|en)(?:;|$)/.exec(document.cookie)?.[1]
  return kept === 'zh-CN' || kept === 'en' ? kept : 'auto'
}

const SHORTCUTS_OFF = 'shortcuts-off'

/** Whether single keys act in this browser. People who steer by voice or by mistake must be able to turn them off. */
export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(SHORTCUTS_OFF) === null
  } catch {
    return true
  }
}

const listeners = new Set<() => void>()

export function turnShortcuts(on: boolean): void {
  try {
    if (on) localStorage.removeItem(SHORTCUTS_OFF)
    else localStorage.setItem(SHORTCUTS_OFF, '1')
  } catch {
    // Private windows may refuse; it holds until the page is left then.
  }
  listeners.forEach((listener) => listener())
}

/** Calls back when the keys are turned on or off; gives what ends it. */
export function onShortcutsTurned(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
