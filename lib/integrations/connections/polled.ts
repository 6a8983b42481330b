import type { LiveConnection } from './connection-settings'

/** Whether the persons of a connection are looked after one by one: their messages polled, or their to-dos compared. */
export function isPolled({ connector, settings }: Pick<LiveConnection, 'connector' | 'settings'>): boolean {
  return connector.pull !== undefined || connector.todos?.ready(settings) === true
}
