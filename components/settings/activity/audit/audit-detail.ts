import type { AuditEntry } from '@/lib/contracts/activity'

/**
 * What an entry's detail holds. It was written by the server of its day, so nothing in it is taken for granted: what is
 * not there or is something else is `null`.
 */
export function detailOf({ detail }: AuditEntry) {
  return {
    text: (name: string): string | null => textOf(detail[name]),
    number: (name: string): number => (typeof detail[name] === 'number' ? detail[name] : 0),
    texts: (name: string): string[] => {
      const value = detail[name]
      return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
    },
    /** `{from, to}`, as changes of users are written. */
    change: (name: string): { from: unknown; to: unknown } | null => {
      const value = detail[name]
      if (typeof value !== 'object' || value === null || !('from' in value && 'to' in value)) return null
      return { from: value.from, to: value.to }
    },
    has: (name: string): boolean => detail[name] !== undefined && detail[name] !== null,
  }
}

export type AuditDetail = ReturnType<typeof detailOf>

/** A name as it stands in a detail; `null` for what is none. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
