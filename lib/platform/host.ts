import { shared } from './state'

const host = () => shared('platform.host', () => ({ server: false }))

/** Says that our own server hosts this process: Next's bundle must then start and stop nothing. */
export function hostByServer(): void {
  host().server = true
}

/** True where our own server hosts this process, false under Next's own. */
export function hostedByServer(): boolean {
  return host().server
}
