import { z } from 'zod'
import { operation } from './operation'

export const receivePush = operation({
  id: 'receivePush',
  method: 'POST',
  path: '/api/webhooks/{connectionId}',
  who: 'public',
  tag: 'webhooks',
  summary: 'Any push of a vendor; checked over the raw bytes and committed before it is answered',
  // The handler reads the bytes itself.
  params: z.object({ connectionId: z.string() }),
  produces: 'text',
  raw: 'application/json',
  maxBody: 1024 * 1024,
  errors: ['invalid_signature', 'too_large', 'not_json', 'unavailable'],
})

export const getOpenApi = operation({
  id: 'getOpenApi',
  method: 'GET',
  path: '/api/openapi.json',
  who: 'user',
  tag: 'system',
  summary: 'This API, as OpenAPI 3.1',
  answer: z.record(z.string(), z.unknown()),
})

export const getReady = operation({
  id: 'getReady',
  method: 'GET',
  path: '/api/readyz',
  who: 'public',
  tag: 'system',
  summary: '200 once everything is up, 503 before and while the database is away',
  produces: 'text',
})

export const getLive = operation({
  id: 'getLive',
  method: 'GET',
  path: '/api/livez',
  who: 'public',
  tag: 'system',
  summary: '200 while the process lives',
  produces: 'text',
})

export const getMetrics = operation({
  id: 'getMetrics',
  method: 'GET',
  path: '/api/metrics',
  who: 'public',
  tag: 'system',
  summary: 'Prometheus metrics, for METRICS_TOKEN or an administrator’s token',
  produces: 'text',
  errors: ['unauthenticated', 'forbidden'],
})
