import { z } from 'zod'
import { ERRORS, type ErrorCode } from '@/lib/shared/errors'
import * as auth from './auth'
import * as connections from './connections'
import { operations } from './index'
import * as mappings from './mappings'
import * as messages from './messages'
import { errorBody, none, type Operation } from './operation'
import * as users from './users'

/** The API as an OpenAPI 3.1 document, made from the schemas that check every body and answer. */

type Json = { [key: string]: unknown }

const MEDIA = {
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
  csv: 'text/csv',
  stream: 'text/event-stream',
} as const

/** Schemas that contracts export by name stand once, under that name. */
function namedSchemas() {
  const names = z.registry<{ id: string }>()
  names.add(errorBody, { id: 'Error' })
  for (const exported of [auth, connections, mappings, messages, users]) {
    for (const [name, value] of Object.entries(exported)) {
      if (value instanceof z.ZodObject) names.add(value, { id: name[0]!.toUpperCase() + name.slice(1) })
    }
  }
  return names
}

/** The document; `described` are all operations unless a test says otherwise. */
export function openApiDocument(described: readonly Operation[] = operations): Json {
  const names = namedSchemas()
  const schemas: Json = {}
  const paths: Record<string, Json> = {}
  const error = outputSchema(errorBody, names, schemas)
  for (const operation of described) {
    const path = (paths[operation.path] ??= {})
    path[operation.method.toLowerCase()] = {
      operationId: operation.id,
      tags: [operation.tag],
      summary: operation.summary,
      security: securityOf(operation),
      ...parametersOf(operation),
      ...requestBodyOf(operation),
      responses: { ...successOf(operation, names, schemas), ...failuresOf(operation, error) },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Huixin', version: '1.0.0' },
    servers: [{ url: '/' }],
    tags: [...new Set(described.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: auth.SESSION_COOKIE },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

/** What comes out of `schema`, its named parts moved to the components. */
function outputSchema(schema: z.ZodType, names: ReturnType<typeof namedSchemas>, components: Json): Json {
  const {
    $schema: _,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io: 'output',
    metadata: names,
    override: plainer,
  }) as Json
  const id = names.get(schema)?.id
  const moved = { ...($defs as Json | undefined), ...(id && { [id]: json }) }
  for (const [name, part] of Object.entries(moved)) components[name] = withoutIds(part)
  return (id ? { $ref: `#/components/schemas/${id}` } : withoutIds(json)) as Json
}

/** References point into the document; `id` and `$id` have done their work. */
function withoutIds(json: unknown): unknown {
  const text = JSON.stringify(json, (key, value: unknown) => {
    if ((key === 'id' || key === '$id') && typeof value === 'string') return undefined
    return key === '$ref' ? String(value).replace('#/$defs/', '#/components/schemas/') : value
  })
  return JSON.parse(text)
}

function inputSchema(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', override: plainer }) as Json
  return json
}

/** Leaves out what says the same again: the long pattern beside a format, the range of all integers. */
function plainer({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

function securityOf({ who, scope }: Operation): Json[] {
  if (who === 'public') return []
  return scope === null ? [{ session: [] }] : [{ session: [] }, { token: [scope] }]
}

function parametersOf({ params, query }: Operation): Json {
  const parameters = [...parametersIn('path', params), ...parametersIn('query', query)]
  return parameters.length > 0 ? { parameters } : {}
}

function parametersIn(place: 'path' | 'query', schema: z.ZodType): Json[] {
  if (schema === none) return []
  const { properties = {}, required = [] } = inputSchema(schema) as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, type]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: type,
  }))
}

function requestBodyOf({ body, raw, maxBody }: Operation): Json {
  // What the handler reads as bytes has no schema here.
  const schema = body === none ? (raw === null ? null : {}) : inputSchema(body)
  if (!schema) return {}
  return {
    requestBody: {
      required: true,
      description: `At most ${maxBody / 1024} KiB`,
      content: { [raw ?? MEDIA.json]: { schema } },
    },
  }
}

function successOf(operation: Operation, names: ReturnType<typeof namedSchemas>, components: Json): Json {
  const { status, produces, answer, summary } = operation
  const base = { description: summary }
  if (status === 303) {
    const headers = { Location: { required: true, schema: { type: 'string', format: 'uri' } } }
    return { [status]: { ...base, headers } }
  }
  if (produces === 'empty') return { [status]: base }
  const schema = produces === 'json' ? outputSchema(answer, names, components) : { type: 'string' }
  return { [status]: { ...base, content: { [MEDIA[produces]]: { schema } } } }
}

/** What may go wrong with any operation of its kind, and with this one. */
function failuresOf(operation: Operation, error: Json): Json {
  const { who, method, tag, params, query, body } = operation
  const codes = new Set<ErrorCode>(operation.errors)
  const add = (when: boolean, ...more: ErrorCode[]) => when && more.forEach((code) => codes.add(code))
  add(who !== 'public', 'unauthenticated', 'forbidden', 'too_many_attempts')
  add(method !== 'GET' && tag !== 'webhooks', 'wrong_origin')
  add(params !== none, 'not_found')
  add(query !== none || body !== none, 'bad_request', 'invalid_input')
  add(body !== none, 'too_large', 'not_json')
  add(true, 'internal', 'unavailable')
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes)
    byStatus.set(ERRORS[code].status, [...(byStatus.get(ERRORS[code].status) ?? []), code])
  const responses = [...byStatus].map(([status, all]) => [
    status,
    {
      description: all.map((code) => `\`${code}\`: ${ERRORS[code].en}`).join('; '),
      content: { [MEDIA.json]: { schema: error } },
    },
  ])
  return Object.fromEntries(responses) as Json
}
