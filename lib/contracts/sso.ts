import { z } from 'zod'
import { operation } from './operation'

const params = z.object({ connectionId: z.uuid() })
const ticket = z.string().max(500).optional()

const handshake = {
  path: '/api/sso/{connectionId}/handshake',
  who: 'public',
  // Servers of vendors call it, from no site.
  tag: 'webhooks',
  summary: 'Whose ticket it is: the bare sign-in name, once, within a minute; 404 without a body else',
  params,
  query: z.object({ ticket }),
  produces: 'text',
} as const

export const getHandshake = operation({ ...handshake, id: 'getHandshake', method: 'GET' })

export const postHandshake = operation({
  ...handshake,
  id: 'postHandshake',
  method: 'POST',
  // The ticket may stand here too.
  raw: 'application/x-www-form-urlencoded',
  maxBody: 4 * 1024,
})

export const enter = operation({
  id: 'enter',
  method: 'GET',
  path: '/api/sso/{connectionId}/enter',
  who: 'public',
  tag: 'auth',
  summary:
    'Signs in who comes from a vendor’s system with its ticket, and goes to `to`; a caller that takes no HTML is told whether that will work',
  params,
  // What a vendor names its ticket, its connector knows.
  query: z.looseObject({ ticket, to: z.string().max(2_000).optional() }),
  status: 303,
  errors: [
    'unauthenticated',
    'forbidden',
    'not_found',
    'conflict',
    'too_many_attempts',
    'source_unavailable',
  ],
})
