// One at a time: a lock in a file, which a process that was killed does not hold for ever.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Runs `work` while no other process holds the lock of that file.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} onWait called once when another one holds it
 */
export async function withLock(file, work, onWait = () => {}) {
  mkdirSync(path.dirname(file), { recursive: true })
  const me = identity(process.pid)
  for (let waited = false; !take(file, me); waited = true) {
    if (!waited) onWait()
    await pause(200)
  }
  const release = () => read(file) === me && rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function take(file, me) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, me)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const holder = read(file)
    const [pid] = (holder ?? '').split(' ')
    // Its process has gone, or its number belongs to another one by now.
    if (holder && identity(Number(pid)) !== holder && read(file) === holder) rmSync(file, { force: true })
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/** The process's number and, where it can be told, when it started: numbers are used again. */
function identity(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code === 'ESRCH') return 'gone'
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return `${pid} -`
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
