import { Logger, run, runMigrations } from 'graphile-worker'
import { execute, pool, type Tx } from './db'
import { log } from './log'

/**
 * Background work: graphile-worker's queue in the same database, so that a job joins the transaction that needs it.
 * What a job does stands in lib/jobs; here it is only asked for.
 */
export type Task = 'push-outbox' | 'push-forwards' | 'distribute' | 'wake-snoozed'

type Options = {
  /** Not before this time; at once without. */
  runAt?: Date
  /** Jobs of one key are one job. */
  key?: string
  /** What a second call with the key does to the time of the first; `replace` unless said. */
  keyMode?: 'replace' | 'preserve_run_at'
}

/** Creates or updates the queue's own tables; at start, after the migrations. Safe in several processes at once. */
export async function prepareQueue(url: string): Promise<void> {
  await runMigrations({ connectionString: url, logger: new Logger(() => () => {}) })
}

/** Asks for a job, as part of the transaction. The payload holds ids only. */
export async function enqueue(
  tx: Tx | null,
  task: Task,
  payload: Record<string, string>,
  { runAt, key, keyMode }: Options = {},
): Promise<void> {
  await execute(
    tx,
    `select graphile_worker.add_job($1, payload := $2::json, run_at := coalesce($3::timestamptz, now()),
       job_key := $4, job_key_mode := $5)`,
    task,
    JSON.stringify(payload),
    runAt ?? null,
    key ?? null,
    keyMode ?? 'replace',
  )
}

/** What each job does with its payload; it may run twice and at the same time as another of its kind. */
export type Tasks = Record<Task, (payload: Record<string, string>) => Promise<void>>

/** At once in this process; the rest waits its turn. */
const CONCURRENCY = 4

/** No job takes so long: whoever has it in hand is gone. */
const LOST_AFTER_SECONDS = 300

/**
 * Lets jobs be taken again that a killed process had in hand; the queue itself would wait for four hours. One that is
 * in good hands after all runs twice, which it may.
 */
export async function freeLostJobs(seconds = LOST_AFTER_SECONDS): Promise<void> {
  await execute(
    null,
    `select graphile_worker.force_unlock_workers(array(
       select distinct locked_by from graphile_worker.jobs where locked_at <= now() - make_interval(secs => $1)))`,
    seconds,
  )
}

/** Runs jobs in this process until `stop`, which waits for those in hand. */
export async function runQueue(tasks: Tasks): Promise<{ stop(): Promise<void> }> {
  // What starts is most often what was killed.
  await freeLostJobs(0)
  const runner = await run({
    pgPool: pool(),
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    // Jobs are woken by NOTIFY; this is for those whose time comes.
    pollInterval: 1_000,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log().error({ worker: message }, 'the job queue has trouble')
    }),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        (payload: unknown) => task(payload as Record<string, string>),
      ]),
    ),
  })
  // A rejection here means that the queue gave up; the process must not go on as if it worked.
  runner.promise.catch((error: unknown) => log().error({ err: error }, 'the job queue has stopped'))
  return { stop: () => runner.stop() }
}
