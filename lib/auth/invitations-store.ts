import { execute, inTransaction, rows, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/shared/errors'
import { writeAudit, writeAudits } from './audit-store'
import type { SignedIn } from './signed-in'
import { endSessions, requireAdministrator, setPassword } from './people/users-store'

/** Somebody who is given a link, and the SHA-256 of its token. */
export type Invited = { id: string; username: string; name: string }
type Kept = { userId: string; hash: Buffer }

/** What is read of a link: whose it is. */
export type Invitation = { userId: string; username: string; name: string }

/**
 * Keeps links for these users on behalf of an administrator, in place of those they had. All or none: `not_found` for
 * a user who is not there, `invalid_input` naming those who are disabled.
 */
export function inviteRows(
  actor: SignedIn,
  ids: string[],
  makeHash: (id: string) => Buffer,
  expiresAt: Date,
): Promise<Invited[]> {
  return inTransaction(async (tx) => {
    await requireAdministrator(tx, actor)
    const found = await rows<Invited & { disabled: boolean }>(
      tx,
      `select id::text as id, display_username as username, name, disabled_at is not null as disabled
         from users where users.id = any($1::uuid[]) order by users.id for no key update`,
      ids,
    )
    if (found.length < ids.length) throw new AppError('not_found')
    refuseDisabled(found.filter(({ disabled }) => disabled))
    await keepInvitations(
      tx,
      found.map(({ id }) => ({ userId: id, hash: makeHash(id) })),
      expiresAt,
    )
    const entries = found.map(({ id, username }) => ({
      actor,
      action: 'user.invite',
      subject: id,
      detail: { username, expiresAt: expiresAt.toISOString() },
    }))
    await writeAudits(tx, entries)
    return found.map(({ id, username, name }) => ({ id, username, name }))
  })
}

function refuseDisabled(disabled: Invited[]): void {
  if (disabled.length === 0) return
  const names = disabled.slice(0, 10).map(({ username }) => username)
  const more = disabled.length > names.length
  throw new AppError('invalid_input', {
    message: {
      'zh-CN': `已停用的用户不能邀请：${names.join('、')}${more ? ' 等' : ''}`,
      en: `Disabled users cannot be invited: ${names.join(', ')}${more ? ' and others' : ''}`,
    },
  })
}

/** Writes links, in place of those the users had; in SQL transactions too. The users' rows are locked or new. */
export async function keepInvitations(tx: Tx, kept: Kept[], expiresAt: Date): Promise<void> {
  await execute(
    tx,
    `insert into invitations (user_id, hash, expires_at)
     select user_id, hash, $3 from unnest($1::uuid[], $2::bytea[]) t(user_id, hash) order by user_id
     on conflict (user_id) do update
       set hash = excluded.hash, expires_at = excluded.expires_at, created_at = now()`,
    kept.map(({ userId }) => userId),
    kept.map(({ hash }) => hash),
    expiresAt,
  )
}

/** The link of that hash, `null` if there is none (any more) or its user is disabled. */
export async function findInvitation(hash: Buffer): Promise<Invitation | null> {
  const [found] = await rows<Invitation>(
    null,
    `select u.id::text as "userId", u.display_username as username, u.name
       from invitations i join users u on u.id = i.user_id
      where i.hash = $1 and i.expires_at > now() and u.disabled_at is null`,
    hash,
  )
  return found ?? null
}

/**
 * Uses a link up: sets the password and ends the user's sessions. Of several at once one wins; `null` for the others,
 * and where the link ended or the user was disabled meanwhile. The user is locked before the link, as everywhere.
 */
export function spendInvitation(
  { userId, username }: Invitation,
  hash: Buffer,
  passwordHash: string,
): Promise<{ endedSessions: string[] } | null> {
  return inTransaction(async (tx) => {
    await execute(tx, 'select 1 from users where id = $1::uuid for no key update', userId)
    const used = await execute(
      tx,
      `delete from invitations i using users u
        where i.user_id = $1::uuid and i.hash = $2 and i.expires_at > now()
          and u.id = i.user_id and u.disabled_at is null`,
      userId,
      hash,
    )
    if (used === 0) return null
    await setPassword(tx, userId, passwordHash)
    const endedSessions = await endSessions(tx, userId, null)
    await writeAudit(tx, {
      actor: { id: userId, username },
      action: 'user.accept_invitation',
      subject: userId,
    })
    return { endedSessions }
  })
}

/** Removes links that have run out. */
export async function deleteExpiredInvitations(): Promise<void> {
  await execute(null, 'delete from invitations where expires_at < now()')
}
