import { request as newRequest, type APIRequestContext } from '@playwright/test'
import type { SeeyonSimulator } from '@/simulators/seeyon'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import type { Delivery } from '@/lib/contracts/deliveries'
import type { Mapping } from '@/lib/contracts/mappings'
import type { Message } from '@/lib/contracts/messages'
import { ADMIN, expect, signIn } from '../fixtures'

export const SECRET = 'test-secret'
const PASSWORD = 'employee-password'

/** What an administrator's script does on a running server; each call fails loudly. */
export type Administrator = Awaited<ReturnType<typeof administrator>>
export type Employee = Awaited<ReturnType<typeof employeeOf>>

/** Signs in as the first administrator. */
export async function administrator(baseUrl: string) {
  const { call, close } = await session(baseUrl, ADMIN)
  const connect = (connector: string, name: string, settings: object) =>
    call<{ id: string; webhookUrl?: string }>('post', '/api/v1/admin/connections', {
      connector,
      name,
      settings,
    })
  const mappings = (connectionId: string) =>
    everyPage<Mapping>(call, `/api/v1/admin/mappings?limit=200&connection=${connectionId}`)
  return {
    close,
    /** A system that pushes; gives its address too. */
    connectPushing: async (name = '简道云') => {
      const { id, webhookUrl } = await connect('jiandaoyun', name, { secret: SECRET })
      return { id, webhookUrl: webhookUrl! }
    },
    /** A system that is polled each second. */
    connectPolled: async (seeyon: SeeyonSimulator, name = '致远 OA', settings: object = {}) => {
      const { baseUrl, restUser, restPassword } = seeyon
      const given = { baseUrl, restUser, restPassword, pollSeconds: 1, ...settings }
      return (await connect('seeyon', name, given)).id
    },
    addUser: (username: string) =>
      call('post', '/api/v1/admin/users', { username, name: username, password: PASSWORD }),
    /** Says that this person is that user. */
    map: (
      connectionId: string,
      username: string,
      key: { externalId: string } | { loginName: string },
      more: { replace?: boolean; history?: 'all' | 'none' } = {},
    ) =>
      call<{ personId: string }>('put', '/api/v1/admin/mappings', {
        connectionId,
        username,
        ...key,
        ...more,
      }),
    unmap: (personId: string) => call('delete', `/api/v1/admin/mappings/${personId}`),
    mappings,
    balance: (connectionId: string) =>
      call<ConnectionHealth['balance']>('get', `/api/v1/admin/connections/${connectionId}/balance`),
    deliveries: (filter = '') => everyPage<Delivery>(call, `/api/v1/admin/deliveries?limit=200${filter}`),
    replay: (id: string) => call('post', `/api/v1/admin/deliveries/${id}/replay`),
    read: <T>(path: string) => call<T>('get', path),
    archive: (connectionId: string) => call('delete', `/api/v1/admin/connections/${connectionId}`),
  }
}

/** Signs in as somebody that `addUser` made. */
export async function employeeOf(baseUrl: string, username: string) {
  const { call, close } = await session(baseUrl, { username, password: PASSWORD })
  return {
    close,
    username,
    /** All their messages, or those that the list's words pick. */
    messages: (words = '') => everyPage<Message>(call, `/api/v1/messages?view=all&limit=200${words}`),
    act: (action: string, ids: string[]) =>
      call<{ changed: number }>('post', '/api/v1/messages/actions', { action, ids }),
  }
}

type Call = <T = unknown>(
  method: 'get' | 'post' | 'put' | 'delete',
  path: string,
  data?: object,
) => Promise<T>

async function session(baseUrl: string, who: { username: string; password: string }) {
  const api: APIRequestContext = await newRequest.newContext({
    baseURL: baseUrl,
    extraHTTPHeaders: { origin: baseUrl },
  })
  await signIn(api, baseUrl, who)
  const call: Call = async <T>(method: 'get' | 'post' | 'put' | 'delete', path: string, data?: object) => {
    const response = await api[method](path, { data })
    const text = await response.text()
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  return { call, close: () => api.dispose() }
}

async function everyPage<T>(call: Call, path: string): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: T[]; nextCursor: string | null } = await call('get', path + cursor)
    all.push(...page.items)
    cursor = page.nextCursor && `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
  return all
}

/** Waits until both sides of a connection's sum agree (large pushes are distributed after they are acknowledged). */
export async function expectBalanced(admin: Administrator, ...connectionIds: string[]): Promise<void> {
  for (const id of connectionIds) {
    await expect.poll(async () => (await admin.balance(id)).difference, { timeout: 30_000 }).toBe(0)
  }
}

/** How often each of these is among those: for `toEqual`, so that what is missing or there twice is named. */
export function times(values: Iterable<string>): Record<string, number> {
  const count: Record<string, number> = {}
  for (const value of values) count[value] = (count[value] ?? 0) + 1
  return count
}
