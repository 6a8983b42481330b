import { randomBytes } from 'node:crypto'
import { chownSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/**
 * The content of a small secret file (mode 0600), written with `content()` if it is not there yet. Whole or not at
 * all, also when several processes start at once or one is killed: all get what the first one wrote.
 */
export function writeOnce(file: string, content: () => string, owner?: { uid: number; gid: number }): string {
  const present = readIfThere(file)
  if (present !== null) return present
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, content(), { mode: 0o600, flush: true })
    if (owner) chownSync(draft, owner.uid, owner.gid)
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8')
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
