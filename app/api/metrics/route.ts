import * as contract from '@/lib/contracts/system'
import { route } from '@/lib/http/route'
import { admitScraper } from '@/lib/http/scrape-access'
import { METRICS_TYPE, renderMetrics } from '@/lib/integrations/metrics/render-metrics'

export const GET = route(contract.getMetrics, async ({ request, address }) => {
  const { setCookies } = await admitScraper(request, address)
  const response = new Response(await renderMetrics(), { headers: { 'content-type': METRICS_TYPE } })
  for (const cookie of setCookies) response.headers.append('set-cookie', cookie)
  return response
})
