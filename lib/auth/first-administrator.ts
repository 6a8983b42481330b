import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { password as passwordRule } from '@/lib/contracts/auth'
import { deriveKey } from '@/lib/platform/app-secret'
import { environment } from '@/lib/platform/env'
import { AppError, isAppError } from '@/lib/shared/errors'
import { attempt } from './limits/attempts'
import { hashPassword } from './password'
import { insertFirstAdministrator, isSetUpNeeded, keepSeed, readSeed } from './people/setup-store'
import { startSession, type Begun, type From } from './sign-in'
import { isUsername } from './username'

export { isSetUpNeeded } from './people/setup-store'

/** Nothing that is easily taken for something else (0 O, 1 I L, 2 Z, 5 S, 8 B, U V). 12 of 25 signs: 55 bits. */
const SIGNS = 'ACDEFGHJKMNPQRTWXY3456789'
const GROUPS = 3
const GROUP = 4

/**
 * To be called at each start, once the database is migrated. While there is no administrator: creates the one of
 * ADMIN_USERNAME and ADMIN_PASSWORD, or gives the code with which the page `/setup` does. All processes and all
 * starts give the same code until it is used. Throws an error naming the variable that will not do.
 * @returns what to tell whoever reads the log; `null` when an administrator is there
 */
export async function prepareFirstAdministrator(): Promise<{ setupUrlPath: '/setup'; code: string } | null> {
  if (!(await isSetUpNeeded())) return null
  const { firstAdministrator: given } = environment()
  if (given) {
    await createGiven(given)
    return null
  }
  const seed = await keepSeed(randomBytes(16).toString('base64url'))
  return { setupUrlPath: '/setup', code: codeFrom(seed) }
}

async function createGiven({ username, password }: { username: string; password: string }): Promise<void> {
  if (!isUsername(username)) {
    throw new Error('ADMIN_USERNAME: must have 1 to 64 characters, no control characters and no outer spaces')
  }
  if (!passwordRule.safeParse(password).success)
    throw new Error('ADMIN_PASSWORD: must have 8 to 128 characters')
  try {
    await insertFirstAdministrator(await newAdministrator({ username, name: username, password }))
  } catch (error) {
    if (!isAppError(error)) throw error
    // Another process was faster.
    if (error.code === 'already_set_up') return
    if (error.code === 'name_taken')
      throw new Error('ADMIN_USERNAME: an employee has this name', { cause: error })
    throw error
  }
}

/**
 * Creates the first administrator with the one-time code and signs in. Wrong codes count like wrong sign-ins.
 * Throws `already_set_up`, `wrong_setup_code`, `too_many_attempts`.
 */
export async function createFirstAdministrator(
  { code, ...user }: { code: string; username: string; name: string; password: string },
  from: From,
): Promise<Begun> {
  if (!(await isSetUpNeeded())) throw new AppError('already_set_up')
  const right = await attempt('\0setup', from.address, async () => {
    const seed = await readSeed()
    // Somebody was faster, and the code went with them.
    if (seed === null && !(await isSetUpNeeded())) throw new AppError('already_set_up')
    return (seed !== null && sameCode(code, codeFrom(seed))) || null
  })
  if (!right) throw new AppError('wrong_setup_code')
  await insertFirstAdministrator(await newAdministrator(user))
  const begun = await startSession(user, from.headers)
  if (!begun) throw new AppError('unauthenticated')
  return begun
}

async function newAdministrator({
  username,
  name,
  password,
}: {
  username: string
  name: string
  password: string
}) {
  const passwordHash = await hashPassword(password)
  return { username, name, passwordHash, email: null, role: 'admin' as const, disabled: false }
}

function codeFrom(seed: string): string {
  const bytes = createHmac('sha256', deriveKey('setup-code.v1')).update(seed).digest()
  // 256 is not a multiple of 25, which makes some signs a little likelier: half a bit of the 55 is lost at most.
  const signs = [...bytes.subarray(0, GROUPS * GROUP)].map((byte) => SIGNS[byte % SIGNS.length])
  return Array.from({ length: GROUPS }, (_, i) => signs.slice(i * GROUP, (i + 1) * GROUP).join('')).join('-')
}

function sameCode(given: string, right: string): boolean {
  const digest = (text: string) =>
    createHmac('sha256', deriveKey('setup-code.v1')).update(text.toUpperCase().replace(/[\s-]/g, '')).digest()
  return timingSafeEqual(digest(given), digest(right))
}
