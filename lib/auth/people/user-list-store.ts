import type { User } from '@/lib/contracts/users'
import { rows, type Tx } from '@/lib/platform/db'
import type { Role } from '../signed-in'
import { shownEmail } from './users-store'

type Row = {
  id: string
  /** Normalised: what the list is ordered by. */
  key: string
  username: string
  name: string
  email: string
  role: Role
  disabled: boolean
  createdAt: Date
  lastSeenAt: Date | null
  connections: { id: string; name: string }[]
}

const SELECT = `
  select u.id::text as id, u.username as key, u.display_username as username, u.name, u.email, u.role,
         u.disabled_at is not null as disabled, u.created_at as "createdAt", u.last_seen_at as "lastSeenAt",
         coalesce((
           select json_agg(json_build_object('id', c.id, 'name', c.name) order by c.name)
             from persons p join connections c on c.id = p.connection_id
            where p.user_id = u.id and c.archived_at is null), '[]') as connections
    from users u`

/** Users by normalised username, those after `after`, whose username or name contains `text`; at most `limit`. */
export async function selectUsers({
  text,
  after,
  limit,
}: {
  text: string
  after: string
  limit: number
}): Promise<(User & { key: string })[]> {
  const found = await rows<Row>(
    null,
    `${SELECT}
      where u.username > $1 and (strpos(u.username, $2) > 0 or strpos(lower(normalize(u.name, NFKC)), $2) > 0)
      order by u.username limit $3`,
    after,
    text,
    limit,
  )
  return found.map((row) => ({ ...userOf(row), key: row.key }))
}

/** One user, `null` if there is none. */
export async function selectUser(tx: Tx | null, id: string): Promise<User | null> {
  const [row] = await rows<Row>(tx, `${SELECT} where u.id = $1::uuid`, id)
  return row ? userOf(row) : null
}

function userOf(row: Row): User {
  const { id, username, name, role, disabled, connections } = row
  return {
    id,
    username,
    name,
    email: shownEmail(row.email),
    role,
    disabled,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    connections,
  }
}
