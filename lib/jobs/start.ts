import { tasks } from '@/lib/integrations/run-job'
import { runQueue } from '@/lib/platform/queue'
import { startHousekeeping } from './housekeeping'
import { startPolling } from './poll-loop'

/** Starts the background work of this process; `stop` gives back what is in hand and resolves when nothing runs. */
export async function startJobs(): Promise<{ stop(): Promise<void> }> {
  const running = [await runQueue(tasks), startPolling(), startHousekeeping()]
  return {
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()))
    },
  }
}
