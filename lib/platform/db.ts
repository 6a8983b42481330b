import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { createHash } from 'node:crypto'
import { type Prisma, PrismaClient } from '@/prisma/generated/client'
import { shared } from './state'

/**
 * The one way to the database: a `pg` pool, Prisma on top of it, and `inTransaction`. Only stores import this file.
 *
 * Ordinary reads and writes go through `db(tx)`; the hot few are SQL through `rows` and `execute`, which run named
 * statements so that PostgreSQL keeps their plans.
 */

declare const handle: unique symbol
/** A running transaction: nothing can be done with it but hand it on to stores. */
export type Tx = { readonly [handle]: true }

type Orm = Prisma.TransactionClient
/** A transaction that Prisma runs, or one on a connection of our own. */
type Running = Orm | pg.PoolClient
type Database = { url: string | null; pool: pg.Pool | null; prisma: PrismaClient | null }

const state = () => shared<Database>('platform.db', () => ({ url: null, pool: null, prisma: null }))

/** Says which database this process uses; before anything else touches it. */
export function configureDatabase(url: string): void {
  const s = state()
  if (s.url && s.url !== url && s.pool) throw new Error('the database is already in use: close it first')
  s.url = url
}

/** True once `configureDatabase` has been called. */
export function isDatabaseConfigured(): boolean {
  return state().url !== null
}

/** The address in use, with its password: for the job library and the LISTEN connection only. */
export function databaseUrl(): string {
  const { url } = state()
  if (!url) throw new Error('no database configured')
  return url
}

/** The pool itself, for the few that need a connection of their own (migrations, jobs, health). */
export function pool(): pg.Pool {
  const s = state()
  if (!s.pool) {
    s.pool = new pg.Pool({ connectionString: databaseUrl(), max: 12, connectionTimeoutMillis: 5_000 })
    // An idle connection that the server closes must not end the process.
    s.pool.on('error', () => {})
    s.pool.on('connect', (client) => client.on('error', () => {}))
  }
  return s.pool
}

const names = new Map<string, string>()
/** Short stable name for a statement's text, so that its plan is kept by the server. */
function statementName(sql: string): string {
  let name = names.get(sql)
  if (!name) {
    name = `hx${createHash('sha1').update(sql).digest('hex').slice(0, 16)}`
    if (names.size < 500) names.set(sql, name)
  }
  return name
}

/** Prisma on the same pool; for the sign-in library, which wants a client. Stores use `db(tx)`. */
export function prismaClient(): PrismaClient {
  const s = state()
  if (!s.prisma) {
    const adapter = new PrismaPg(pool(), {
      disposeExternalPool: false,
      statementNameGenerator: (query) => statementName(query.sql),
    })
    s.prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } })
  }
  return s.prisma
}

/**
 * Runs `fn` in one transaction (READ COMMITTED) and gives what it gives; any throw rolls back.
 * Locks are taken in this order everywhere: persons by (connection, external id), then inboxes by user id.
 */
export function inTransaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
  return prismaClient().$transaction((orm) => fn(orm as unknown as Tx))
}

/**
 * As `inTransaction`, for the hot paths whose stores speak SQL only (`rows`, `execute`, never `db`): a third of the
 * cost (docs/decisions/0002).
 */
export async function inSqlTransaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  let broken: unknown
  try {
    await client.query('begin')
    const result = await fn(client as unknown as Tx)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => (broken = failure))
    throw error
  } finally {
    // A connection that cannot roll back is not given to anybody else.
    client.release(broken instanceof Error ? broken : undefined)
  }
}

/** Prisma in a transaction, or outside of one. */
export function db(tx: Tx | null = null): Orm {
  const running = tx as unknown as Running | null
  if (running && isConnection(running)) throw new Error('inSqlTransaction is for SQL: use rows or execute')
  return running ?? prismaClient()
}

/** Rows of a SQL query with `$1…` parameters. bigint columns arrive as BigInt: select them `::text` where they leave. */
export async function rows<T>(tx: Tx | null, sql: string, ...params: unknown[]): Promise<T[]> {
  const running = tx as unknown as Running | null
  if (running && !isConnection(running)) return running.$queryRawUnsafe<T[]>(sql, ...params)
  return (await query(running, sql, params)).rows as T[]
}

/** Runs a SQL statement with `$1…` parameters and gives the number of rows it touched. */
export async function execute(tx: Tx | null, sql: string, ...params: unknown[]): Promise<number> {
  const running = tx as unknown as Running | null
  if (running && !isConnection(running)) return running.$executeRawUnsafe(sql, ...params)
  return (await query(running, sql, params)).rowCount ?? 0
}

const isConnection = (running: Running): running is pg.PoolClient => 'release' in running

const INT8 = 20
/** What Prisma gives too: 64-bit numbers as BigInt, all else as `pg` reads it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format)) as never,
}

function query(client: pg.PoolClient | null, text: string, values: unknown[]): Promise<pg.QueryResult> {
  return (client ?? pool()).query({ name: statementName(text), text, values, types })
}

/** Which unique constraint or index an error is about; null if it is about none. */
export function uniqueViolation(error: unknown): string | null {
  const e = error as {
    code?: string
    message?: string
    meta?: {
      driverAdapterError?: {
        cause?: { kind?: string; originalCode?: string; constraint?: unknown; originalMessage?: string }
      }
    }
  }
  const plain = error as { code?: string; constraint?: string }
  if (plain?.code === '23505') return plain.constraint ?? ''
  const cause = e?.meta?.driverAdapterError?.cause
  if (e?.code !== 'P2002' && cause?.originalCode !== '23505') return null
  return `${JSON.stringify(cause?.constraint ?? '')} ${cause?.originalMessage ?? ''}`
}

/** Closes all connections; the process may configure and open them again. */
export async function closeDatabase(): Promise<void> {
  const s = state()
  const { prisma, pool: p } = s
  s.prisma = null
  s.pool = null
  s.url = null
  await prisma?.$disconnect()
  await p?.end()
}
