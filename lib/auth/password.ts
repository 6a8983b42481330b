import { hashPassword as hash, verifyPassword as verify } from 'better-auth/crypto'

/** The hash of a password (scrypt, off the main thread, some 60 ms of CPU), in the sign-in library's format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password)
}

/** Whether it is the password of that hash; as slow as `hashPassword`. */
export function verifyPassword(stored: string, password: string): Promise<boolean> {
  return verify({ hash: stored, password })
}

/** Takes the time that checking a password takes, so that nobody can tell from it that there was nothing to check. */
export async function pretendToVerify(password: string): Promise<false> {
  await hash(password)
  return false
}
