import type { JiandaoyunApi } from '../jiandaoyun'
import type { SeeyonSimulator } from '../seeyon'
import { DEMO_PASSWORD, DEMO_SECRET, EMPLOYEES, type DemoEmployee } from './cast'
import type { HuixinApi } from './huixin-api'

/** Creates the employees' accounts. */
export async function createEmployees(api: HuixinApi): Promise<void> {
  for (const { username, name } of EMPLOYEES) {
    await api.call('POST', '/api/v1/admin/users', {
      username,
      name,
      role: 'employee',
      password: DEMO_PASSWORD,
    })
  }
}

/** Connects both systems. Gives their ids and where Jiandaoyun pushes to. */
export async function connectBoth(
  api: HuixinApi,
  baseUrl: string,
  {
    seeyon,
    contacts,
    pagesOrigin,
  }: { seeyon: SeeyonSimulator; contacts: JiandaoyunApi; pagesOrigin: string },
): Promise<{ jiandaoyunId: string; webhookUrl: string; seeyonId: string }> {
  const jiandaoyun = await api.call<{ id: string; webhookUrl?: string }>(
    'POST',
    '/api/v1/admin/connections',
    {
      connector: 'jiandaoyun',
      name: '简道云',
      // An entry without a port would stand for port 80 only.
      settings: {
        secret: DEMO_SECRET,
        allowedHosts: ['jiandaoyun.com', '*.jiandaoyun.com', new URL(pagesOrigin).host],
        apiKey: contacts.apiKey,
        apiUrl: contacts.url,
      },
    },
  )
  const oa = await api.call<{ id: string }>('POST', '/api/v1/admin/connections', {
    connector: 'seeyon',
    name: '致远 OA',
    settings: {
      baseUrl: seeyon.baseUrl,
      restUser: seeyon.restUser,
      restPassword: seeyon.restPassword,
      pollSeconds: 3,
      senderLoginName: EMPLOYEES[0]!.username,
    },
  })
  const shown = new URL(jiandaoyun.webhookUrl ?? `/api/webhooks/${jiandaoyun.id}`, baseUrl)
  // The public address need not be reachable from here; the one signed in at is.
  const webhookUrl = new URL(shown.pathname + shown.search, baseUrl).href
  return { jiandaoyunId: jiandaoyun.id, webhookUrl, seeyonId: oa.id }
}

/** Says who is who in both systems. */
export async function mapPeople(
  api: HuixinApi,
  ids: { jiandaoyunId: string; seeyonId: string },
  people: readonly DemoEmployee[],
): Promise<void> {
  for (const { username } of people) {
    const { jiandaoyunId, seeyonId } = ids
    await api.call('PUT', '/api/v1/admin/mappings', {
      connectionId: jiandaoyunId,
      username,
      externalId: username,
    })
    await api.call('PUT', '/api/v1/admin/mappings', { connectionId: seeyonId, username, loginName: username })
  }
}
