import { db, inTransaction } from '@/lib/platform/db'
import { writeAudit } from './audit-store'
import type { Scope, SignedIn } from './signed-in'

/** A token as its owner may see it: without the token. */
export type TokenRow = {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}

const VISIBLE = {
  id: true,
  name: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const

/** Keeps a new token's hash; gives its id. */
export function insertToken(
  user: SignedIn,
  token: { name: string; hash: Buffer; scopes: Scope[]; expiresAt: Date | null },
): Promise<string> {
  return inTransaction(async (tx) => {
    const data = { ...token, hash: new Uint8Array(token.hash), userId: user.id }
    const { id } = await db(tx).apiToken.create({ data, select: { id: true } })
    const { name, scopes, expiresAt } = token
    const detail = { name, scopes, expiresAt: expiresAt?.toISOString() ?? null }
    await writeAudit(tx, { actor: user, action: 'token.create', subject: id, detail })
    return id
  })
}

/** The user's tokens, newest first. */
export async function selectTokens(userId: string): Promise<TokenRow[]> {
  const orderBy = [{ createdAt: 'desc' }, { id: 'asc' }] as const
  const found = await db().apiToken.findMany({ where: { userId }, orderBy: [...orderBy], select: VISIBLE })
  return found.map(tokenOf)
}

/** One of the user's tokens. */
export async function selectToken(userId: string, id: string): Promise<TokenRow | null> {
  const found = await db().apiToken.findFirst({ where: { id, userId }, select: VISIBLE })
  return found && tokenOf(found)
}

/** Removes one of the user's tokens; false if it is not theirs or not there. */
export function deleteTokenRow(user: SignedIn, id: string): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { count } = await db(tx).apiToken.deleteMany({ where: { id, userId: user.id } })
    if (count > 0) await writeAudit(tx, { actor: user, action: 'token.delete', subject: id })
    return count > 0
  })
}

function tokenOf(row: {
  id: string
  name: string
  scopes: string[]
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}): TokenRow {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes as Scope[],
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}
