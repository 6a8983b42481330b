import { createRandom } from '../../random'
import { JIANDAOYUN_ORIGIN } from '../links'
import type { FlowAction, MessagePush, Recipient } from '../message-push'
import { createPushBuilders } from '../push-builders'
import { createFlows, type Flows } from './flows'
import { noticePush, type Company, type NoticeKind } from './notices'

/** Something that happened in the company and what is pushed for it. */
export interface TrafficEvent {
  /** The flow action or, outside of flows, the op. */
  kind: FlowAction | NoticeKind
  pushes: MessagePush[]
}

/** An endless, seeded stream of an invented company's pushes. */
export interface CompanyTraffic {
  next(): TrafficEvent
  take(count: number): TrafficEvent[]
}

/** What the stream is made from. */
export interface TrafficOptions {
  people: readonly Recipient[]
  seed?: number
  /** Where links lead, default the vendor's own host. */
  origin?: string
  /** Epoch milliseconds, default `Date.now`. */
  now?: () => number
}

/** How often each thing happens (parts of a hundred), and which step of a flow it is. */
const KINDS: readonly [kind: FlowAction | NoticeKind, parts: number, step: keyof Flows | 'notice'][] = [
  ['flow_forward', 34, 'begin'],
  ['flow_auto_forward', 2, 'begin'],
  ['flow_urge', 9, 'again'],
  ['flow_timeout', 5, 'again'],
  ['flow_cc', 8, 'copy'],
  ['flow_back', 5, 'move'],
  ['flow_auto_back', 1, 'move'],
  ['flow_member_transfer', 4, 'move'],
  ['flow_admin_transfer', 1, 'move'],
  ['flow_activate', 1, 'move'],
  ['flow_sign_before', 1, 'move'],
  ['flow_sign_before_complete', 1, 'move'],
  ['flow_sign_after', 1, 'move'],
  ['flow_sign_parallel', 2, 'move'],
  ['flow_batch_forward', 2, 'batch'],
  ['flow_batch_transfer', 1, 'batch'],
  ['flow_batch_cc', 1, 'batch'],
  ['data_create_message', 7, 'notice'],
  ['data_update_message', 5, 'notice'],
  ['form_widget_message', 3, 'notice'],
  ['form_schedule_message', 2, 'notice'],
  ['dash_schedule_message', 1, 'notice'],
  ['dash_alert_message', 3, 'notice'],
]
const PARTS = KINDS.reduce((sum, [, parts]) => sum + parts, 0)

/** Makes the stream. The same seed, people and clock give the same pushes. */
export function createCompanyTraffic(options: TrafficOptions): CompanyTraffic {
  const { people, seed = 1, origin = JIANDAOYUN_ORIGIN, now = Date.now } = options
  if (people.length === 0) throw new Error('traffic needs people')
  const random = createRandom(seed)
  const build = createPushBuilders({ random, origin, now })
  const formIds = new Map<string, string>()
  const company: Company = {
    build,
    random,
    appId: build.id(),
    formId(name) {
      const id = formIds.get(name) ?? build.id()
      formIds.set(name, id)
      return id
    },
    somebody: () => random.pick(people),
    some: (most) => random.shuffle(people).slice(0, random.int(1, Math.min(most, people.length))),
    now,
  }
  const flows = createFlows(company)

  function next(): TrafficEvent {
    let left = random.int(1, PARTS)
    const [kind, , step] = KINDS.find(([, parts]) => (left -= parts) <= 0) as (typeof KINDS)[number]
    if (step === 'notice') return { kind, pushes: [noticePush(kind as NoticeKind, company)] }
    return { kind, pushes: flows[step](kind as FlowAction) }
  }

  return { next, take: (count) => Array.from({ length: count }, next) }
}
