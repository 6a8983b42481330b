import { ENDPOINTS, type Endpoint } from '../endpoints'

/** Everything that can be made to go wrong. What each does is in `play-fault.ts`. */
export const FAULT_KINDS = [
  'status500',
  'badGateway',
  'loginPage',
  'emptyBody',
  'cutJson',
  'cutTransfer',
  'code1010',
  'errorObject',
  'invalidToken',
  'hang',
  'slow',
  'hold',
  'reset',
  'repeatedPage',
  'controlCharacters',
  'redirect',
  'hugeBody',
  'result',
  'custom',
] as const

export type FaultKind = (typeof FAULT_KINDS)[number]

/** A fault to set. Without `count` it lasts until cleared. */
export interface FaultInput {
  kind: FaultKind
  /** Which requests; default all but `page`. */
  endpoint?: Endpoint | '*'
  /** Only lists of this member. */
  loginName?: string
  /** How many requests it hits. */
  count?: number
  /** How many matching requests go through before it begins, default 0. */
  skip?: number
  /** Milliseconds to wait before anything else; for `slow` the whole of it (default 1000). */
  ms?: number
  /** Carry the request out all the same: the answer alone is lost. For writes. */
  carryOut?: boolean
  /** `redirect`: where to. `custom`: status, type and body of the answer. `hugeBody`: how many bytes. */
  location?: string
  status?: number
  type?: string
  body?: string
  bytes?: number
  /** `result`: what sending says, 0 (default) for failed or -1 for an exception; `body` are its words. */
  result?: 0 | -1
}

/** A fault that is set. */
export interface Fault extends FaultInput {
  id: number
  /** How often it has struck. */
  hits: number
}

/** The faults that are set, oldest first; the first that matches strikes. */
export interface Faults {
  add(input: FaultInput): Fault
  /** The fault that strikes this request, if any; counts it. */
  take(endpoint: Endpoint, loginName: string | null): Fault | null
  /** Clears one by id, those of an endpoint, or all; requests on `hold` go on. */
  clear(which?: { id: number } | { endpoint: Endpoint | '*' }): void
  list(): Fault[]
  /** Settles when the fault is cleared or its requests are released. */
  whenCleared(fault: Fault): Promise<void>
}

/** An empty set of faults. */
export function createFaults(): Faults {
  let faults: (Fault & { skipped: number })[] = []
  const releases = new Map<number, (() => void)[]>()
  let nextId = 1

  function release(id: number): void {
    for (const resolve of releases.get(id) ?? []) resolve()
    releases.delete(id)
  }

  return {
    add(input) {
      if (!FAULT_KINDS.includes(input.kind)) throw new Error(`unknown fault ${String(input.kind)}`)
      const { endpoint = '*' } = input
      if (endpoint !== '*' && !ENDPOINTS.includes(endpoint)) throw new Error(`unknown endpoint ${endpoint}`)
      const fault = { ...input, endpoint, id: nextId++, hits: 0, skipped: 0 }
      faults.push(fault)
      return fault
    },
    take(endpoint, loginName) {
      for (const fault of faults) {
        const matches = fault.endpoint === endpoint || (fault.endpoint === '*' && endpoint !== 'page')
        if (!matches || (fault.loginName !== undefined && fault.loginName !== loginName)) continue
        if (fault.count !== undefined && fault.hits >= fault.count) continue
        if (fault.skipped < (fault.skip ?? 0)) {
          fault.skipped++
          continue
        }
        fault.hits++
        return fault
      }
      return null
    },
    clear(which) {
      const goes = (fault: Fault) =>
        !which || ('id' in which ? fault.id === which.id : fault.endpoint === which.endpoint)
      const gone = faults.filter(goes)
      faults = faults.filter((fault) => !goes(fault))
      for (const fault of gone) release(fault.id)
    },
    list: () => faults.map(({ skipped: _skipped, ...fault }) => fault),
    whenCleared: (fault) =>
      new Promise((resolve) => releases.set(fault.id, [...(releases.get(fault.id) ?? []), resolve])),
  }
}
