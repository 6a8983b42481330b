import * as contract from '@/lib/contracts/sso'
import { failurePage, wantsPage } from '@/lib/http/failure-page'
import { route } from '@/lib/http/route'
import { announce, arrive } from '@/lib/integrations/sign-on/arrive'
import { framed } from '@/lib/integrations/sign-on/refusals'
import { nextPath } from '@/lib/shared/next-path'

const WORDS = {
  'zh-CN': { title: '没能登录', back: '用密码登录', retry: '再试一次' },
  en: { title: 'Not signed in', back: 'Sign in with a password', retry: 'Try again' },
}

export const GET = route(
  contract.enter,
  async ({ params, query, request, address }) => {
    const { headers, method, url } = request
    const arrival = { ...params, query: new URL(url).searchParams, from: { address, headers } }
    if (method !== 'GET' || !wantsPage(headers)) {
      return new Response(await announce(arrival), {
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      })
    }
    if (!isOwnWindow(headers)) throw framed()
    const { setCookies } = await arrive(arrival)
    const response = new Response(null, { status: 303, headers: { location: nextPath(query.to) } })
    for (const cookie of setCookies) response.headers.append('set-cookie', cookie)
    return response
  },
  {
    onFailure: ({ error, request, locale }) =>
      wantsPage(request.headers) ? failurePage(error, locale, WORDS[locale]) : null,
  },
)

/** Browsers say what they fetch for, over https at least: an address hidden in a page of another site is no arrival. */
function isOwnWindow(headers: Headers): boolean {
  return ['document', null].includes(headers.get('sec-fetch-dest'))
}
