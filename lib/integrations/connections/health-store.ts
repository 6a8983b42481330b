import { rows } from '@/lib/platform/db'

export type HealthRow = {
  id: string
  lagSeconds: number | null
  polled: number
  due: number
  outboxPending: number
  outboxFailed: number
  refused: number
  forwardsPending: number
  forwardsRefused: number
  forwardsUnclear: number
}

/** How far each connection is behind. The lag is that of the person who has waited longest for a poll. */
export function selectHealth(): Promise<HealthRow[]> {
  return rows<HealthRow>(
    null,
    `select k.id::text, p.lag as "lagSeconds", coalesce(p.polled, 0) as polled, coalesce(p.due, 0) as due,
       coalesce(o.pending, 0) as "outboxPending", coalesce(o.failed, 0) as "outboxFailed",
       coalesce(r.refused, 0)::int as refused, f.pending as "forwardsPending", f.refused as "forwardsRefused",
       f.unclear as "forwardsUnclear"
     from connections k
       left join lateral (
         select count(*)::int as polled, count(*) filter (where next_poll_at <= now())::int as due,
           greatest(0, extract(epoch from max(now() - next_poll_at)))::int as lag
         from persons where connection_id = k.id and next_poll_at is not null having count(*) > 0) p on true
       left join lateral (
         select count(*) filter (where state in ('pending', 'sending'))::int as pending,
           count(*) filter (where state = 'failed')::int as failed
         from outbox where connection_id = k.id) o on true
       left join lateral (
         select count(*) filter (where state in ('pending', 'sending'))::int as pending,
           count(*) filter (where state = 'refused')::int as refused,
           count(*) filter (where state = 'unclear')::int as unclear
         from forwards where connection_id = k.id) f on true
       left join lateral (
         select sum(count) as refused from refusal_counts where connection_id = k.id) r on true`,
  )
}
