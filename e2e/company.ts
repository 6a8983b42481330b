import { request as newRequest, type APIRequestContext } from '@playwright/test'
import { createPushBuilders, createSender, startJiandaoyunPages } from '@/simulators/jiandaoyun'
import { startSeeyon } from '@/simulators/seeyon'
import { signIn } from './fixtures'

/** A company on a running server: both vendor systems, connected, and one employee mapped in each. */
export type Company = Awaited<ReturnType<typeof foundCompany>>

let companies = 0

/** Connects the simulators and creates an employee, all through the API as an administrator's script would. */
export async function foundCompany(baseUrl: string) {
  const number = ++companies
  const employee = { username: `zhangsan${number}`, password: 'employee-password' }
  const seeyon = await startSeeyon({ members: [{ loginName: 'zhangsan', name: '张三' }], seed: number })
  const pages = await startJiandaoyunPages()
  const admin = await newRequest.newContext({ baseURL: baseUrl, extraHTTPHeaders: { origin: baseUrl } })
  await signIn(admin, baseUrl)
  await send(admin, 'post', '/api/v1/admin/users', { ...employee, name: '张三' })
  const pushing = await send(admin, 'post', '/api/v1/admin/connections', {
    connector: 'jiandaoyun',
    name: `简道云 ${number}`,
    settings: { secret: 'test-secret', allowedHosts: [new URL(pages.origin).host] },
  })
  const polled = await send(admin, 'post', '/api/v1/admin/connections', {
    connector: 'seeyon',
    name: `致远 OA ${number}`,
    settings: {
      baseUrl: seeyon.baseUrl,
      restUser: seeyon.restUser,
      restPassword: seeyon.restPassword,
      pollSeconds: 1,
    },
  })
  const { username } = employee
  await send(admin, 'put', '/api/v1/admin/mappings', {
    connectionId: pushing.id,
    username,
    externalId: 'zhangsan',
  })
  await send(admin, 'put', '/api/v1/admin/mappings', {
    connectionId: polled.id,
    username,
    loginName: 'zhangsan',
  })
  return {
    employee,
    admin,
    seeyon,
    pages,
    build: createPushBuilders({ origin: pages.origin, seed: number }),
    sender: createSender({ webhookUrl: pushing.webhookUrl as string, secret: 'test-secret' }),
    connections: { pushing: pushing.id as string, polled: polled.id as string },
    /** What the connections are called. */
    names: { pushing: pushing.name as string, polled: polled.name as string },
    /** What an administrator reads. */
    read: (path: string) => send(admin, 'get', path),
    /** A session of the employee's; its taker disposes of it. */
    signIn: async () => {
      const api = await newRequest.newContext({ baseURL: baseUrl, extraHTTPHeaders: { origin: baseUrl } })
      await signIn(api, baseUrl, employee)
      return api
    },
    /** Takes the connections away as well: nobody is to be polled where nothing answers any more. */
    close: async () => {
      for (const id of [pushing.id, polled.id])
        await admin.delete(`/api/v1/admin/connections/${id as string}`)
      await admin.dispose()
      await Promise.all([seeyon.close(), pages.close()])
    },
  }
}

async function send(
  api: APIRequestContext,
  method: 'get' | 'post' | 'put',
  path: string,
  data?: object,
): Promise<Record<string, unknown>> {
  const response = await api[method](path, { data })
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}
