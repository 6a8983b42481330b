import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withLock } from './lock.mjs'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'huixin-lock-'))
  file = path.join(folder, 'inside', '.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('two do not hold it at once, the second is told that it waits, and nothing is left of it', async () => {
  const seen: string[] = []
  let release = (): void => {}
  const first = withLock(file, async () => {
    seen.push('first in')
    await new Promise<void>((resolve) => (release = resolve))
    seen.push('first out')
  })
  const second = withLock(
    file,
    async () => seen.push('second in'),
    () => {
      seen.push('second waits')
      release()
    },
  )
  await Promise.all([first, second])
  expect(seen).toEqual(['first in', 'second waits', 'first out', 'second in'])
  expect(existsSync(file)).toBe(false)
})

test('it is given back when the work fails', async () => {
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withLock(file, async () => 'again')).toBe('again')
})

test('a process that was killed does not hold it for ever', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  await withLock(file, async () => {})
  writeFileSync(file, `${child.pid} 1`)
  expect(await withLock(file, async () => 'mine')).toBe('mine')
})

test.runIf(process.platform === 'linux')(
  'nor does one whose number belongs to another process by now',
  async () => {
    await withLock(file, async () => {
      const [pid] = readFileSync(file, 'utf8').split(' ')
      expect(Number(pid)).toBe(process.pid)
    })
    writeFileSync(file, `${process.pid} 1`)
    expect(await withLock(file, async () => 'mine')).toBe('mine')
  },
)
