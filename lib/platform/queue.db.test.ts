import { expect, test, vi } from 'vitest'
import { useDatabase } from '@/lib/testing/database'
import { execute, pool } from './db'
import { enqueue, freeLostJobs, runQueue, type Tasks } from './queue'

useDatabase()

const nothing = async () => {}
/** Runs the queue while `during` lasts; gives which deliveries were distributed. */
async function running(during: (done: string[]) => Promise<void>): Promise<void> {
  const done: string[] = []
  const tasks: Tasks = {
    'push-outbox': nothing,
    'push-forwards': nothing,
    'wake-snoozed': nothing,
    distribute: async ({ deliveryId }) => void done.push(deliveryId!),
  }
  const queue = await runQueue(tasks)
  try {
    await during(done)
  } finally {
    await queue.stop()
  }
}

/** As a process leaves it that is killed in the middle. */
const takenSecondsAgo = (seconds: number) =>
  execute(
    null,
    `update graphile_worker._private_jobs set locked_by = 'killed', attempts = 1,
       locked_at = now() - make_interval(secs => $1)`,
    seconds,
  )

const locked = async () =>
  (await pool().query('select count(*)::int as n from graphile_worker.jobs where locked_at is not null'))
    .rows[0].n

test('a job that a killed process had in hand is done by whoever starts next', async () => {
  await enqueue(null, 'distribute', { deliveryId: '7' })
  await takenSecondsAgo(0)
  await running((done) => vi.waitFor(() => expect(done).toEqual(['7'])))
})

test('where nobody starts, it is free again when no job would take so long', async () => {
  await enqueue(null, 'distribute', { deliveryId: '8' })
  await takenSecondsAgo(200)
  await freeLostJobs()
  expect(await locked()).toBe(1)
  await takenSecondsAgo(400)
  await freeLostJobs()
  expect(await locked()).toBe(0)
  await running((done) => vi.waitFor(() => expect(done).toEqual(['8'])))
})
