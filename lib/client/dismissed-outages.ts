import type { DownSource } from './messages/sources'

/** Which outages the reader has been told of enough, until this tab is closed. */

const KEY = 'dismissed-outages'
const listeners = new Set<() => void>()
let dismissed: string | null = null

/** Another outage of the same source is news again. */
const nameOf = ({ id, failingSince }: DownSource) => `${id} ${failingSince}`

/** All dismissed ones as one text, the same until one is added. */
export function dismissedOutages(): string {
  try {
    dismissed ??= sessionStorage.getItem(KEY) ?? ''
  } catch {
    // Private windows may refuse; it holds until the page is left then.
    dismissed ??= ''
  }
  return dismissed
}

export function isDismissed(outage: DownSource, among: string): boolean {
  return among.split('\n').includes(nameOf(outage))
}

export function dismissOutages(outages: DownSource[]): void {
  dismissed = [dismissedOutages(), ...outages.map(nameOf)].join('\n')
  try {
    sessionStorage.setItem(KEY, dismissed)
  } catch {
    // As above.
  }
  listeners.forEach((listener) => listener())
}

/** Calls back when one is dismissed; gives what ends it. */
export function onOutagesDismissed(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
