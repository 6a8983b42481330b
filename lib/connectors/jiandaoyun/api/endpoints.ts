/** One endpoint of the Open API. The vendor versions each by itself (open/11261), so the version is part of it. */
export type Endpoint = {
  /** Below `/api/`. */
  path: string
  /** Calls a second that the vendor takes. */
  perSecond: number
  maxBytes: number
  timeoutMs: number
}

const MIB = 1024 * 1024

export const ENDPOINTS = {
  /** Everybody of a department; no paging is documented, so a whole company is one answer. */
  members: { path: 'v5/corp/department/user/list', perSecond: 10, maxBytes: 16 * MIB, timeoutMs: 60_000 },
  /** A member's open to-dos, at most 100 a page. */
  tasks: { path: 'v6/workflow/task/list', perSecond: 20, maxBytes: 4 * MIB, timeoutMs: 20_000 },
  /** One flow with its to-dos, open or not. */
  instance: { path: 'v6/workflow/instance/get', perSecond: 30, maxBytes: 4 * MIB, timeoutMs: 20_000 },
} as const satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof ENDPOINTS

/** Calls a second that the vendor takes of one company, whatever they ask. */
export const ALL_PER_SECOND = 50
