import { db, inTransaction } from '@/lib/platform/db'
import { AppError } from '@/lib/shared/errors'
import { takenNames } from './user-change-store'
import { countAdministrators, insertUser, lockAdministrators, type NewUser } from './users-store'

/** What the one-time code is made from together with APP_SECRET; the database alone does not tell the code. */
const SEED = 'setup_code_seed'

/** True while nobody could administer this installation. */
export async function isSetUpNeeded(): Promise<boolean> {
  return (await countAdministrators(null)) === 0
}

/** The seed of the code: the one that is there, else this one. */
export async function keepSeed(seed: string): Promise<string> {
  await db().installation.createMany({ data: { key: SEED, value: seed }, skipDuplicates: true })
  return (await readSeed()) ?? seed
}

/** The seed of the code, `null` when no code is out. */
export async function readSeed(): Promise<string | null> {
  return (await db().installation.findUnique({ where: { key: SEED } }))?.value ?? null
}

/**
 * Creates the first administrator and takes the code back. Of several attempts at once one wins, the others throw
 * `already_set_up`.
 */
export function insertFirstAdministrator(user: NewUser): Promise<string> {
  return takenNames(() =>
    inTransaction(async (tx) => {
      await lockAdministrators(tx)
      if ((await countAdministrators(tx)) > 0) throw new AppError('already_set_up')
      const id = await insertUser(tx, user, null)
      await db(tx).installation.deleteMany({ where: { key: SEED } })
      return id
    }),
  )
}
