import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import { shared } from '@/lib/platform/state'
import type { Context } from '../../contract'
import { hostOf, request } from '../../http'
import { inTurn } from '../../turns'
import type { JiandaoyunSettings } from '../settings'
import { apiError, readAnswer, unexpected } from './answers'
import { ALL_PER_SECOND, ENDPOINTS, type EndpointName } from './endpoints'
import { createRates, type Limits, type Rates } from './rates'

export type ApiContext = Context<JiandaoyunSettings>

/** Calls bunch up on their way, and others may use the company's rates too: not all of them is used. */
const SHARE = 0.8
const LIMITS: Limits<EndpointName> = {
  all: ALL_PER_SECOND * SHARE,
  each: {
    members: ENDPOINTS.members.perSecond * SHARE,
    tasks: ENDPOINTS.tasks.perSecond * SHARE,
    instance: ENDPOINTS.instance.perSecond * SHARE,
  },
}
const rates = () => shared('jiandaoyun.rates', () => new Map<string, Rates<EndpointName>>())

/** Whether the settings allow calling the Open API at all. */
export function mayCall({ apiKey }: JiandaoyunSettings): boolean {
  return apiKey !== undefined
}

/**
 * Calls an endpoint of the Open API, as soon as the vendor's rates allow it, and reads what it answers.
 * @param schema the answer as it must be; anything else is `unavailable`
 * @throws ConnectorError unless it is a success of that shape; there is no retry
 */
export async function callApi<T>(
  context: ApiContext,
  name: EndpointName,
  body: Record<string, unknown>,
  schema: z.ZodType<T>,
): Promise<T> {
  const { settings, signal } = context
  const { apiKey, apiUrl } = settings
  if (apiKey === undefined) throw withoutKey()
  const { path, maxBytes, timeoutMs } = ENDPOINTS[name]
  await rateTurn(context, name)
  const answer = await request({
    url: `${apiUrl}/api/${path}`,
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json;charset=utf-8',
    },
    body: JSON.stringify(body),
    allowedHosts: [hostOf(apiUrl)],
    maxBytes,
    timeoutMs,
    signal,
  })
  const read = schema.safeParse(readAnswer(answer, path, apiKey))
  if (!read.success) throw unexpected(path)
  return read.data
}

/** Waits in the line of that endpoint until one more call keeps to its rate and to that of all together. */
async function rateTurn({ connectionId, signal }: ApiContext, name: EndpointName): Promise<void> {
  const all = rates()
  let own = all.get(connectionId)
  if (!own) all.set(connectionId, (own = createRates(LIMITS)))
  const { take } = own
  const wait = async () => {
    for (let ms = take(name, performance.now()); ms > 0; ms = take(name, performance.now()))
      await delay(ms, undefined, { signal }).catch(() => {
        throw cancelled()
      })
  }
  await inTurn(`${connectionId} ${name}`, 1, wait, signal)
}

function withoutKey() {
  return apiError(
    'misconfigured',
    '没有填 API Key，不能向简道云查询',
    'There is no API key, so Jiandaoyun cannot be asked.',
  )
}

function cancelled() {
  return apiError('unavailable', '请求在轮到之前被取消', 'The request was cancelled before its turn.')
}
