import * as contract from '@/lib/contracts/messages'
import { failurePage, wantsPage } from '@/lib/http/failure-page'
import { route } from '@/lib/http/route'
import { openMessage } from '@/lib/integrations/connections/open-message'

export const GET = route(
  contract.openMessage,
  async ({ user, params }) => {
    const location = await openMessage(user, params.id)
    const headers = { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
    return new Response(null, { status: 303, headers })
  },
  {
    onFailure: ({ error, request, locale }) =>
      wantsPage(request.headers) ? failurePage(error, locale) : null,
  },
)
