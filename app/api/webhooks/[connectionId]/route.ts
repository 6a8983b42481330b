import * as contract from '@/lib/contracts/system'
import { isJson } from '@/lib/http/request-body'
import { readBody, route } from '@/lib/http/route'
import { receiveWebhook } from '@/lib/integrations/webhooks/receive-webhook'

export const POST = route(contract.receivePush, async ({ params, request, address }) => {
  const url = new URL(request.url)
  await receiveWebhook({
    connectionId: params.connectionId,
    headers: request.headers,
    query: url.search.slice(1),
    address,
    isJson: isJson(request.headers),
    read: (limit) => readBody(request, limit),
  })
  return new Response('success', { headers: { 'content-type': 'text/plain; charset=utf-8' } })
})
