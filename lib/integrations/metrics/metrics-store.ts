import { pool, rows } from '@/lib/platform/db'

export type ConnectionReading = {
  id: string
  name: string
  connector: string
  failures: number
  polled: number
  due: number
  waiting: number
  outboxPending: number
  outboxSending: number
  outboxFailed: number
  forwardsPending: number
  forwardsSending: number
}

/** The connections in use, and what lies in them. */
export function readConnections(): Promise<ConnectionReading[]> {
  return rows<ConnectionReading>(
    null,
    `with o as materialized (
       select connection_id, count(*) filter (where state = 'pending')::int as pending,
         count(*) filter (where state = 'sending')::int as sending,
         count(*) filter (where state = 'failed')::int as failed
       from outbox where state in ('pending', 'sending', 'failed') group by 1
     ), f as materialized (
       select connection_id, count(*) filter (where state = 'pending')::int as pending,
         count(*) filter (where state = 'sending')::int as sending
       from forwards where state in ('pending', 'sending') group by 1
     ), w as materialized (
       select connection_id, count(*)::int as waiting from messages where user_id is null and not held group by 1
     ), p as materialized (
       select connection_id, count(*)::int as polled, count(*) filter (where next_poll_at <= now())::int as due
       from persons where next_poll_at is not null group by 1
     )
     select k.id::text, k.name, k.connector, k.failures, coalesce(p.polled, 0) as polled, coalesce(p.due, 0) as due,
       coalesce(w.waiting, 0) as waiting, coalesce(o.pending, 0) as "outboxPending",
       coalesce(o.sending, 0) as "outboxSending", coalesce(o.failed, 0) as "outboxFailed",
       coalesce(f.pending, 0) as "forwardsPending", coalesce(f.sending, 0) as "forwardsSending"
     from connections k left join o on o.connection_id = k.id left join w on w.connection_id = k.id
       left join p on p.connection_id = k.id left join f on f.connection_id = k.id
     where k.archived_at is null order by k.created_at`,
  )
}

export type QueueReading = { task: string; state: 'running' | 'due' | 'scheduled' | 'dead'; count: number }

/** The job queue by task; dead: tried too often, it does not run again by itself. */
export function readQueue(): Promise<QueueReading[]> {
  return rows<QueueReading>(
    null,
    `select task_identifier as task, case when locked_at is not null then 'running'
         when attempts >= max_attempts then 'dead' when run_at <= now() then 'due' else 'scheduled' end as state,
       count(*)::int as count
     from graphile_worker.jobs group by 1, 2 order by 1, 2`,
  )
}

/** The connections to the database that this process holds. */
export function readPool(): { total: number; idle: number; waiting: number } {
  const { totalCount, idleCount, waitingCount } = pool()
  return { total: totalCount, idle: idleCount, waiting: waitingCount }
}
