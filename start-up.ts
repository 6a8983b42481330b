import { prepareFirstAdministrator } from '@/lib/auth/first-administrator'
import { startJobs } from '@/lib/jobs/start'
import { boot } from '@/lib/platform/boot'
import { environment } from '@/lib/platform/env'
import { awaitPart } from '@/lib/platform/health'
import { hostedByServer } from '@/lib/platform/host'
import { onShutdown, shutdown } from '@/lib/platform/shutdown'
import { shared } from '@/lib/platform/state'

/** The set-up page's address path and its one-time code, while there is no administrator. */
export type SetUp = { setupUrlPath: string; code: string } | null

/** Everything behind the HTTP server, once per process: database, background work, first administrator. */
export function startUp(): Promise<SetUp> {
  return shared('start-up', async () => {
    const { role } = environment()
    const up = awaitPart('start')
    await boot()
    if (role !== 'web') {
      const jobs = await startJobs()
      onShutdown('work', 'jobs', () => jobs.stop())
    }
    const setUp = role === 'worker' ? null : await prepareFirstAdministrator()
    up()
    return setUp
  })
}

/** The same for a process that Next hosts (`next dev`); where our own server hosts, it has been done. */
export async function startUnderNext(): Promise<void> {
  if (hostedByServer()) return
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutdown())
  await startUp()
}
