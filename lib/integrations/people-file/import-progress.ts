import { AppError } from '@/lib/shared/errors'
import type { ImportProgress } from '@/lib/contracts/import'
import type { Locale } from '@/lib/shared/errors'
import { selectLookups } from './people-file-store'

const MOST_TOLD = 1_000
const GONE = { 'zh-CN': '对应已被取消', en: 'The mapping was taken back' }

/** How far the look-up of an import's sign-in names is; `not_found` where none was begun. */
export async function importProgress(job: string, locale: Locale): Promise<ImportProgress> {
  const lookups = await selectLookups(job)
  if (lookups.length === 0) throw new AppError('not_found')
  const failed = lookups.filter(({ state }) => state === 'failed' || state === 'gone')
  const open = lookups.filter(({ state }) => state === 'open')
  return {
    total: lookups.length,
    resolved: lookups.length - failed.length - open.length,
    failed: failed.slice(0, MOST_TOLD).map(({ loginName, username, state, error }) => ({
      loginName,
      username,
      error: state === 'gone' ? GONE[locale] : (error ?? ''),
    })),
    failedCount: failed.length,
    done: open.length === 0,
    paused: open.find(({ pausedBy }) => pausedBy !== null)?.pausedBy ?? null,
  }
}
