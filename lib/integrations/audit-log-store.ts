import { rows } from '@/lib/platform/db'

type AuditRow = {
  id: string
  at: Date
  actor: string
  action: string
  subject: string
  subjectName: string | null
  detail: Record<string, unknown>
}

/** Audit rows, newest first, with what their subject is called today. */
export function selectAudit(query: {
  actor?: string
  action?: string
  before: string | null
  limit: number
}): Promise<AuditRow[]> {
  return rows<AuditRow>(
    null,
    `select a.id::text, a.at, a.actor, a.action, a.subject, a.detail,
       case split_part(a.action, '.', 1)
         when 'connection' then (select name from connections where id::text = a.subject)
         when 'user' then (select display_username from users where id::text = a.subject)
         when 'mapping' then (select coalesce(name, login_name, external_id) from persons where id::text = a.subject)
       end as "subjectName"
     from audit a
     where ($1::text is null or lower(a.actor) = lower($1)) and ($2::text is null or starts_with(a.action, $2))
       and ($3::bigint is null or a.id < $3)
     order by a.id desc limit $4`,
    query.actor ?? null,
    query.action ?? null,
    query.before,
    query.limit,
  )
}
