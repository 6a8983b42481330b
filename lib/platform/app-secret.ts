import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Pool } from 'pg'
import { environment } from './env'
import { shared } from './state'
import { writeOnce } from './write-once'

/**
 * The secret that everything else is derived from: `APP_SECRET`, or one generated into the data folder on the first
 * start. Losing it loses what is encrypted with it, so a start with another one is refused.
 */
function appSecret(): string {
  return shared('platform.appSecret', () => {
    const { appSecret: given, dataDir } = environment()
    if (given) return given
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    return writeOnce(path.join(dataDir, 'app-secret'), () => randomBytes(32).toString('base64url'))
  })
}

/**
 * A key of its own for each purpose (HKDF-SHA256), so that no two uses share one.
 * @param purpose unique name with a version, `secrets.v1`
 * @param bytes its length
 */
export function deriveKey(purpose: string, bytes = 32): Buffer {
  return Buffer.from(hkdfSync('sha256', appSecret(), 'huixin', purpose, bytes))
}

const CHECK = 'app_secret_check'

/**
 * Compares the secret with the check value in the database, written by the first start. Throws when the database was
 * used with another secret: its stored passwords could not be read and every session would end.
 */
export async function checkAppSecret(pool: Pick<Pool, 'query'>): Promise<void> {
  const check = createHmac('sha256', deriveKey('app-secret-check.v1')).update(CHECK).digest('base64url')
  await pool.query('insert into installation (key, value) values ($1, $2) on conflict (key) do nothing', [
    CHECK,
    check,
  ])
  const { rows } = await pool.query<{ value: string }>('select value from installation where key = $1', [
    CHECK,
  ])
  if (rows[0]?.value !== check) {
    const { appSecret: given, dataDir } = environment()
    const origin = given ? 'the one in APP_SECRET' : `the one in ${path.join(dataDir, 'app-secret')}`
    throw new Error(
      `APP_SECRET: this database was set up with another secret than ${origin}. Start with that one.`,
    )
  }
}
