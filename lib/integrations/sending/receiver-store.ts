import { rows } from '@/lib/platform/db'

export type UserThere = {
  username: string
  /** Who the user is in that connection; null: nobody, or not known yet. */
  externalId: string | null
  loginName: string | null
}

/** Who these users (by normalised username) are in a connection; unknown users are left out. */
export function usersIn(connectionId: string, usernames: string[]): Promise<UserThere[]> {
  return rows<UserThere>(
    null,
    `select u.username, p.external_id as "externalId", p.login_name as "loginName"
     from users u left join persons p on p.connection_id = $1::uuid and p.user_id = u.id
     where u.username = any($2::text[])`,
    connectionId,
    usernames,
  )
}
