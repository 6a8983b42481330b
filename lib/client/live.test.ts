import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openLive, retryDelay, type LiveState } from './live'
import { emptyBatch, foldLiveEvent, type LiveBatch } from './live-batch'

/** A stream that a test speaks for. */
class FakeSource extends EventTarget {
  readyState = 0
  closed = false
  close() {
    this.closed = true
    this.readyState = 2
  }
  says(name: string, data: unknown = '') {
    this.dispatchEvent(
      new MessageEvent(name, { data: typeof data === 'string' ? data : JSON.stringify(data) }),
    )
  }
  opens() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  breaks(readyState: 0 | 2) {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
}

const sources: FakeSource[] = []
const batches: LiveBatch[] = []
const states: LiveState[] = []
const newest = () => sources.at(-1) as FakeSource
let stop = () => {}

const start = (onRefused?: () => void) => {
  stop = openLive({
    url: '/api/v1/events',
    onBatch: (batch) => batches.push(batch),
    onState: (state) => states.push(state),
    onRefused,
    createSource: () => {
      sources.push(new FakeSource())
      return newest() as unknown as EventSource
    },
    random: () => 1,
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
})
afterEach(() => {
  stop()
  for (const list of [sources, batches, states]) list.length = 0
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const event = (ids: string[], count = ids.length) => ({ ids, count, watermark: '7' })

describe('foldLiveEvent', () => {
  it('gathers ids once each and counts what came in', () => {
    let batch = foldLiveEvent(emptyBatch, 'message.new', JSON.stringify(event(['1', '2'])))
    batch = foldLiveEvent(batch, 'message.changed', JSON.stringify(event(['2', '3'])))
    expect(batch).toEqual({ ids: ['1', '2', '3'], everything: false, arrived: 2 })
  })

  it('reads everything anew for unnamed messages, for resync and for what it cannot understand', () => {
    const unnamed = foldLiveEvent(emptyBatch, 'message.new', JSON.stringify(event([], 4000)))
    expect(unnamed).toMatchObject({ everything: true, arrived: 4000 })
    expect(foldLiveEvent(emptyBatch, 'resync', '').everything).toBe(true)
    expect(foldLiveEvent(emptyBatch, 'message.changed', '{broken').everything).toBe(true)
  })
})

describe('openLive', () => {
  it('hands events on together, once it is quiet', () => {
    start()
    newest().opens()
    newest().says('message.new', event(['1']))
    vi.advanceTimersByTime(100)
    newest().says('message.new', event(['2']))
    vi.advanceTimersByTime(149)
    expect(batches).toEqual([])
    vi.advanceTimersByTime(1)
    expect(batches).toEqual([{ ids: ['1', '2'], everything: false, arrived: 2 }])
  })

  it('does not wait for quiet longer than a second', () => {
    start()
    for (let i = 0; i < 11; i++) {
      newest().says('counts')
      vi.advanceTimersByTime(100)
    }
    expect(batches).toHaveLength(1)
  })

  it('lets the browser take a broken stream up again and says nothing of a hiccup', () => {
    start()
    newest().opens()
    newest().breaks(0)
    vi.advanceTimersByTime(3_900)
    newest().opens()
    vi.advanceTimersByTime(60_000)
    expect(states).toEqual(['live'])
    expect(sources).toHaveLength(1)
    expect(batches).toEqual([])
  })

  it('says so when the stream stays away', () => {
    start()
    newest().opens()
    newest().breaks(0)
    vi.advanceTimersByTime(4_000)
    expect(states).toEqual(['live', 'lost'])
  })

  it('opens a closed stream anew, later each time, and then reads everything anew', () => {
    const refused = vi.fn()
    start(refused)
    newest().breaks(2)
    expect(refused).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1_000)
    expect(sources).toHaveLength(2)
    newest().breaks(2)
    vi.advanceTimersByTime(1_999)
    expect(sources).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(sources).toHaveLength(3)
    newest().opens()
    vi.advanceTimersByTime(200)
    expect(batches).toEqual([{ ids: [], everything: true, arrived: 0 }])
    expect(states.at(-1)).toBe('live')
  })

  it('connects at once when the machine is online again', () => {
    start()
    newest().breaks(2)
    window.dispatchEvent(new Event('offline'))
    expect(states).toEqual(['lost'])
    window.dispatchEvent(new Event('online'))
    expect(sources).toHaveLength(2)
    vi.advanceTimersByTime(5_000)
    expect(sources).toHaveLength(2)
  })

  it('ends for good', () => {
    start()
    newest().says('message.new', event(['1']))
    stop()
    newest().breaks(2)
    window.dispatchEvent(new Event('online'))
    vi.advanceTimersByTime(60_000)
    expect(sources).toHaveLength(1)
    expect(newest().closed).toBe(true)
    expect(batches).toEqual([])
  })
})

describe('retryDelay', () => {
  it('doubles up to 30 s and spreads by chance', () => {
    expect([0, 1, 4, 5, 50].map((attempt) => retryDelay(attempt, 1))).toEqual([
      1000, 2000, 16000, 30000, 30000,
    ])
    expect(retryDelay(3, 0)).toBe(4000)
  })
})
