import { beforeEach, expect, test, vi } from 'vitest'
import { defer, isShuttingDown, onShutdown, shutdown } from './shutdown'

beforeEach(() => {
  delete (globalThis as unknown as Record<string, Record<string, unknown>>).__huixin?.['platform.shutdown']
})

const tick = () => new Promise((resolve) => setImmediate(resolve))

test('phases run in order, deferred work in between, and a failing step stops nothing', async () => {
  const seen: string[] = []
  const note = (name: string) => async () => {
    await tick()
    seen.push(name)
  }
  onShutdown('database', 'leave', note('database'))
  onShutdown('connections', 'pool', note('connections'))
  onShutdown('work', 'jobs', note('work'))
  onShutdown('traffic', 'broken', () => {
    throw new Error('no')
  })
  onShutdown('traffic', 'streams', note('traffic'))
  const taken = onShutdown('traffic', 'gone', note('gone'))
  taken()
  defer('mail', async () => {
    for (let n = 0; n < 10; n++) await tick()
    seen.push('deferred')
    defer('second', note('deferred by deferred'))
  })
  expect(isShuttingDown()).toBe(false)
  const first = shutdown()
  expect(isShuttingDown()).toBe(true)
  expect(shutdown()).toBe(first)
  await first
  expect(seen).toEqual(['traffic', 'work', 'deferred', 'deferred by deferred', 'connections', 'database'])
})

test('deferred work that fails harms nobody', async () => {
  defer('bad', () => Promise.reject(new Error('no')))
  await shutdown()
})

test('a step that hangs is cut off before ten seconds', async () => {
  vi.useFakeTimers()
  try {
    onShutdown('work', 'hangs', () => new Promise(() => {}))
    const done = vi.fn()
    void shutdown().then(done)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(done).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(done).toHaveBeenCalled()
  } finally {
    vi.useRealTimers()
  }
})
