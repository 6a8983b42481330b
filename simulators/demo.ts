import { setTimeout as delay } from 'node:timers/promises'
import { DEMO_PASSWORD, DEMO_SECRET, EMPLOYEES, STRANGERS, type DemoEmployee } from './demo/cast'
import { signInAt } from './demo/huixin-api'
import { connectBoth, createEmployees, mapPeople } from './demo/set-up'
import { createStories, type Stories } from './demo/stories'
import {
  createSender,
  startJiandaoyunApi,
  startJiandaoyunPages,
  withRetries,
  type MessagePush,
  type RetryingSender,
} from './jiandaoyun'
import { createRandom, type Random } from './random'
import { startSeeyon } from './seeyon'

/** What the demo needs: a running Huixin and its administrator. */
export interface DemoOptions {
  /** Where Huixin answers, without a slash at the end. */
  baseUrl: string
  adminUsername: string
  adminPassword: string
  log?: (line: string) => void
  /** Decides everything that happens. Default 1. */
  seed?: number
  /** Shortest and longest pause between two things that happen, in ms. Default 1,500 and 5,000. */
  paceMs?: readonly [number, number]
  /** How much is there from the start. Default 1; 0 for nothing. */
  backlog?: number
}

/** A demo that keeps sending until stopped. */
export interface Demo {
  /** Who can sign in besides the administrator. */
  employees: { username: string; password: string }[]
  stop(): Promise<void>
}

const DAY_MS = 86_400_000

/**
 * Starts a Seeyon, a Jiandaoyun sender and its pages beside a running Huixin, connects and maps them as an
 * administrator would, fills the inboxes, and goes on at a human pace. Throws when Huixin refuses a step.
 */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  const { adminUsername, adminPassword, log = () => {}, seed = 1, backlog = 1 } = options
  const baseUrl = options.baseUrl.replace(/\/$/, '')
  const api = await signInAt(baseUrl, adminUsername, adminPassword)
  // The administrator gets messages too: whoever signs in first finds a full inbox.
  const people: DemoEmployee[] = [...EMPLOYEES, { username: adminUsername, name: '管理员' }]
  const pages = await startJiandaoyunPages()
  const contacts = await startJiandaoyunApi({ members: [...people, ...STRANGERS] })
  const seeyon = await startSeeyon({
    seed,
    isreadDelayMs: 8_000,
    members: people.map(({ username, name }) => ({ loginName: username, name })),
  })
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()

  async function stop(): Promise<void> {
    stopping.abort()
    await running
    await Promise.all([pages.close(), contacts.close(), seeyon.close()])
  }

  try {
    // Dated back while the backlog is made, then by the clock.
    let age = 0
    const stories = createStories(seeyon, people, { seed, origin: pages.origin, now: () => Date.now() - age })
    await createEmployees(api)
    const ids = await connectBoth(api, baseUrl, { seeyon, contacts, pagesOrigin: pages.origin })
    await mapPeople(api, ids, people)
    const sender = withRetries(createSender({ webhookUrl: ids.webhookUrl, secret: DEMO_SECRET, seed }), {
      speed: 300,
      switchOffAfter: Number.MAX_SAFE_INTEGER,
      signal: stopping.signal,
    })
    const old = makeBacklog(stories, createRandom(seed), backlog, (wanted) => (age = wanted))
    await sendAll(sender, old)
    log(
      `${old.length} pushes from Jiandaoyun, ${seeyon.state().members.reduce((sum, one) => sum + one.unread.length, 0)} messages in Seeyon`,
    )
    running = keepGoing(
      stories,
      sender,
      createRandom(seed + 1),
      options.paceMs ?? [1_500, 5_000],
      stopping.signal,
    )
  } catch (error) {
    await stop()
    throw error
  }
  log(`Seeyon at ${seeyon.baseUrl}, Jiandaoyun's pages at ${pages.origin}`)
  return { employees: EMPLOYEES.map(({ username }) => ({ username, password: DEMO_PASSWORD })), stop }
}

/** Two weeks of both systems, oldest first; what comes later in it is newer. */
function makeBacklog(
  stories: Stories,
  random: Random,
  size: number,
  setAge: (ms: number) => void,
): MessagePush[] {
  const things = Math.round(260 * size)
  const pushes: MessagePush[] = []
  for (let thing = 0; thing < things; thing++) {
    const left = 1 - thing / things
    // Most of it is recent, as in an inbox in use.
    setAge(Math.round(left * left * 14 * DAY_MS + random.int(0, 60_000) * left))
    pushes.push(...stories.pushes())
    if (thing % 3 === 0) stories.seeyonMessage()
    if (thing % 40 === 7) pushes.push(stories.strangerPush())
  }
  setAge(0)
  return pushes
}

/** A few at a time, in order of time as far as that goes: deliveries overlap in real life too. */
async function sendAll(sender: RetryingSender, pushes: MessagePush[]): Promise<void> {
  const queue = [...pushes]
  const worker = async () => {
    for (let push = queue.shift(); push; push = queue.shift()) await sender.push(push)
  }
  await Promise.all([worker(), worker(), worker(), worker()])
}

async function keepGoing(
  stories: Stories,
  sender: RetryingSender,
  random: Random,
  [shortest, longest]: readonly [number, number],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await delay(random.int(shortest, longest), undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    const dice = random.next()
    if (dice < 0.32) stories.seeyonMessage()
    else if (dice < 0.42) stories.readInSeeyon()
    else if (dice < 0.46) await sender.push(stories.strangerPush())
    else for (const push of stories.pushes()) await sender.push(push)
  }
}
