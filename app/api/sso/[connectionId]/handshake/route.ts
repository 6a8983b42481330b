import * as contract from '@/lib/contracts/sso'
import { readBody, route } from '@/lib/http/route'
import { answerHandshake } from '@/lib/integrations/sign-on/answer-handshake'
import type { AppError } from '@/lib/shared/errors'

/** Whatever is wrong with a ticket looks the same; only a database that is away does not. */
const onFailure = ({ error }: { error: AppError }) =>
  error.status < 500 ? new Response(null, { status: 404 }) : null

const text = (name: string) =>
  new Response(name, { headers: { 'content-type': 'text/plain; charset=utf-8' } })

export const GET = route(
  contract.getHandshake,
  async ({ params, query }) => text(await answerHandshake(params.connectionId, query.ticket ?? '')),
  { onFailure },
)

export const POST = route(
  contract.postHandshake,
  async ({ params, query, request }) => {
    const body = new TextDecoder().decode(await readBody(request, contract.postHandshake.maxBody))
    const ticket = query.ticket ?? new URLSearchParams(body).get('ticket') ?? ''
    return text(await answerHandshake(params.connectionId, ticket))
  },
  { onFailure },
)
