import { execute, type Tx } from '@/lib/platform/db'
import type { SignedIn } from './signed-in'

/** One thing that somebody changed. */
export type AuditEntry = {
  /** `null`: the system itself, at its start. */
  actor: Pick<SignedIn, 'id' | 'username'> | null
  /** `user.create`, `connection.change`: what was changed, and how. */
  action: string
  /** The id of what was changed. */
  subject: string
  /** What is worth knowing of it. Never a secret: say that one was changed, not to what. */
  detail?: Record<string, AuditValue>
}
export type AuditValue = string | number | boolean | null | AuditValue[] | { [name: string]: AuditValue }

/** Writes it down in the transaction of the change, so that there is no change without its entry. */
export function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  return writeAudits(tx, [entry])
}

/** As `writeAudit`, for many changes at once. */
export async function writeAudits(tx: Tx, entries: AuditEntry[]): Promise<void> {
  await execute(
    tx,
    `insert into audit (actor_id, actor, action, subject, detail)
     select actor_id, actor, action, subject, detail::jsonb
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
       t(actor_id, actor, action, subject, detail, position) order by position`,
    entries.map(({ actor }) => actor?.id ?? null),
    entries.map(({ actor }) => actor?.username ?? 'system'),
    entries.map(({ action }) => action),
    entries.map(({ subject }) => subject),
    entries.map(({ detail = {} }) => JSON.stringify(detail)),
  )
}
