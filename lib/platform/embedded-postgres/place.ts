import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'

/**
 * Where the embedded PostgreSQL keeps its data and as whom it runs. PostgreSQL refuses to run as root, so as root it
 * runs as another user, who must be able to enter the folder. Only `data` belongs to that user: what lies beside it
 * is written by us, and nothing that we write as root is in a folder that somebody else can change.
 */
export type Place = {
  /** Folder of everything below. */
  home: string
  /** The server's own folder. */
  data: string
  /** The password of its one role, mode 0600. */
  password: string
  /** What the server says. */
  log: string
  /** uid and gid for `spawn`; `undefined` when the server runs as the user of this process. */
  user: ServerUser
}
export type ServerUser = { uid: number; gid: number } | undefined
export type Note = (text: string) => void

/** Survives restarts of the machine; used as root when the server's user cannot enter the wished folder. */
export const LASTING = '/var/lib/huixin'

/** The files in that folder. */
export function placeAt(home: string, user: ServerUser): Place {
  return {
    home,
    data: path.join(home, 'data'),
    password: path.join(home, 'password'),
    log: path.join(home, 'server.log'),
    user,
  }
}

/**
 * Makes the folder of the database ready: it is there and can be entered by the server's user.
 * @param wish the wanted folder; when it cannot be entered it becomes a link to the folder that is used instead
 */
export function preparePlace(wish: string, note: Note): Place {
  const present = lstatSync(wish, { throwIfNoEntry: false })
  if (present?.isSymbolicLink() && !existsSync(wish)) {
    throw new Error(
      `The database of ${path.dirname(wish)} is in ${readlinkSync(wish)}, which is gone. Put it back, or delete ${wish} to begin with an empty one.`,
    )
  }
  const owner = statSync(path.join(wish, 'data'), { throwIfNoEntry: false })
  const user = serverUser(owner)
  if (!user && owner && owner.uid !== process.getuid?.()) {
    throw new Error(`${wish} belongs to another user (uid ${owner.uid}): start as that user or as root.`)
  }
  if (!present) create(wish, user, note)
  const place = placeAt(realpathSync(wish), user)
  if (!mayEnter(owner ? place.data : place.home, user)) {
    throw new Error(`${place.home} cannot be entered by the user of the database (${uidText(user)}).`)
  }
  return place
}

const uidText = (user: ServerUser) => `uid ${user?.uid ?? process.getuid?.() ?? '?'}`

function create(wish: string, user: ServerUser, note: Note): void {
  const parent = path.dirname(wish)
  const mode = user ? 0o711 : 0o700
  mkdirSync(parent, { recursive: true, mode })
  if (!mayEnter(parent, user) && mayEnter(path.dirname(parent), user)) {
    // A data folder that only root may enter: letting others pass is enough, its files have modes of their own.
    chmodSync(parent, statSync(parent).mode | 0o011)
  }
  if (mayEnter(parent, user)) {
    mkdirSync(wish, { recursive: true, mode })
    return
  }
  const elsewhere = path.join(LASTING, randomBytes(8).toString('hex'))
  mkdirSync(elsewhere, { recursive: true, mode })
  try {
    symlinkSync(elsewhere, wish)
  } catch (error) {
    // Another process was faster: its link counts.
    rmSync(elsewhere, { recursive: true, force: true })
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  note(
    `The user of the database (${uidText(user)}) cannot enter ${parent}: the database is in ${realpathSync(wish)}`,
  )
}

/** As root: the owner of the data that is there, else `postgres`, else `nobody`. Otherwise nobody else. */
function serverUser(owner: { uid: number; gid: number } | undefined): ServerUser {
  if (process.getuid?.() !== 0) return undefined
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout),
    )
    if (uid && gid) return { uid, gid }
  }
  throw new Error('PostgreSQL cannot run as root, and there is no user `postgres` or `nobody` to run it as.')
}

/** Asked of the kernel as that user, so that modes, groups, ACLs and mounts all count. */
function mayEnter(folder: string, user: ServerUser): boolean {
  return !user || spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0
}
