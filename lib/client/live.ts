import { emptyBatch, foldLiveEvent, LIVE_EVENTS, type LiveBatch } from './live-batch'

/** `lost` only after a moment without a stream: a hiccup is nobody's business. */
export type LiveState = 'connecting' | 'live' | 'lost'

type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>

type Options = {
  url: string
  onBatch: (batch: LiveBatch) => void
  onState: (state: LiveState) => void
  /** The server would not have the stream, for whatever reason; a new one is tried all the same. */
  onRefused?: () => void
  createSource?: (url: string) => Source
  /** Between 0 and 1; spreads reconnects, so that a restarted server is not met by everybody at once. */
  random?: () => number
}

/** Milliseconds. */
const QUIET_BEFORE_BATCH = 150
const LONGEST_WAIT = 1_000
const GRACE = 4_000
const FIRST_RETRY = 1_000
const LAST_RETRY = 30_000
const CLOSED = 2

/** How long to wait before the n-th new stream (0 the first): doubling up to 30 s, half of it by chance. */
export function retryDelay(attempt: number, random: number): number {
  const whole = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.min(attempt, 10))
  return Math.round(whole / 2 + (whole / 2) * random)
}

/**
 * Listens to what happens in the caller's inbox until the returned function is called. A broken stream is taken up
 * again by the browser, with the last event's id, so nothing is missed; one that was closed is opened anew, and then
 * everything is read anew. Events that come together are handed on together.
 */
export function openLive(options: Options): () => void {
  const {
    url,
    onBatch,
    onState,
    onRefused,
    createSource = (u) => new EventSource(u),
    random = Math.random,
  } = options
  const batches = gather(onBatch)
  let source: Source | null = null
  let state: LiveState = 'connecting'
  let attempt = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let grace: ReturnType<typeof setTimeout> | undefined

  const become = (next: LiveState) => {
    clearTimeout(grace)
    grace = undefined
    if (state === next) return
    state = next
    onState(next)
  }
  const becomeLostSoon = () => {
    if (state !== 'lost') grace ??= setTimeout(() => become('lost'), GRACE)
  }

  function connect(anew: boolean) {
    clearTimeout(retry)
    source?.close()
    const mine = createSource(url)
    source = mine
    mine.addEventListener('open', () => {
      attempt = 0
      if (anew) batches.add((batch) => ({ ...batch, everything: true }))
      anew = false
      become('live')
    })
    mine.addEventListener('error', () => {
      if (mine !== source) return
      becomeLostSoon()
      // Anything else than CLOSED: the browser is connecting again by itself.
      if (mine.readyState !== CLOSED) return
      onRefused?.()
      retry = setTimeout(() => connect(true), retryDelay(attempt++, random()))
    })
    for (const name of LIVE_EVENTS) {
      mine.addEventListener(name, (event) =>
        batches.add((batch) => foldLiveEvent(batch, name, String((event as MessageEvent).data))),
      )
    }
  }

  const online = () => {
    attempt = 0
    connect(true)
  }
  const offline = () => become('lost')
  window.addEventListener('online', online)
  window.addEventListener('offline', offline)
  becomeLostSoon()
  connect(false)

  return () => {
    window.removeEventListener('online', online)
    window.removeEventListener('offline', offline)
    clearTimeout(retry)
    clearTimeout(grace)
    batches.stop()
    source?.close()
    source = null
  }
}

/** Hands a batch on once it has been quiet for a moment, and at the latest a second after its first event. */
function gather(onBatch: (batch: LiveBatch) => void) {
  let batch = emptyBatch
  let since: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    const full = batch
    batch = emptyBatch
    since = null
    onBatch(full)
  }
  return {
    add(edit: (batch: LiveBatch) => LiveBatch) {
      batch = edit(batch)
      since ??= Date.now()
      clearTimeout(timer)
      timer = setTimeout(flush, Math.min(QUIET_BEFORE_BATCH, since + LONGEST_WAIT - Date.now()))
    },
    stop: () => clearTimeout(timer),
  }
}
