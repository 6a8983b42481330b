import { describe, expect, test } from 'vitest'
import { operations } from './index'
import { openApiDocument } from './openapi'

type Described = {
  operationId: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: { type?: string } }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  openapi: string
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> }
}
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, entry]) => ({ path, method, entry })),
)

/** Every value of a key, at any depth. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(key, inner),
  ])
}

/** What a JSON pointer of the document points to. */
function resolve(reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document)
}

test('it is OpenAPI 3.1 and has every operation once, by its id', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(described.map(({ entry }) => entry.operationId).sort()).toEqual(
    operations.map(({ id }) => id).sort(),
  )
  for (const { id, method, path } of operations) {
    expect(document.paths[path]?.[method.toLowerCase()]?.operationId, `${method} ${path}`).toBe(id)
  }
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
})

test('paths are full and their parameters described', () => {
  for (const { path, entry } of described) {
    expect(path).toMatch(/^\/api\//)
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const given = (entry.parameters ?? []).filter((parameter) => parameter.in === 'path')
    expect(
      given.map(({ name }) => name),
      path,
    ).toEqual(named)
    expect(given.every(({ required }) => required)).toBe(true)
  }
})

test('references can be followed, and nothing of the generator is left', () => {
  const references = valuesOf('$ref', document) as string[]
  expect(references.length).toBeGreaterThan(operations.length)
  for (const reference of references) expect(resolve(reference), reference).toBeTypeOf('object')
  for (const key of ['$defs', '$schema', '$id']) expect(valuesOf(key, document)).toEqual([])
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining(['Error', 'Message', 'User']),
  )
})

test('security schemes are those that are defined', () => {
  for (const { entry } of described) {
    for (const requirement of entry.security) {
      for (const name of Object.keys(requirement))
        expect(document.components.securitySchemes).toHaveProperty(name)
    }
  }
  expect(document.paths['/api/v1/messages']?.get?.security).toEqual([{ session: [] }, { token: ['read'] }])
  expect(document.paths['/api/auth/sign-out']?.post?.security).toEqual([{ session: [] }])
  expect(document.paths['/api/auth/sign-in/username']?.post?.security).toEqual([])
})

describe('answers', () => {
  test('each has one success and its errors, told by code', () => {
    for (const { path, method, entry } of described) {
      const statuses = Object.keys(entry.responses)
      expect(
        statuses.filter((status) => status < '400'),
        `${method} ${path}`,
      ).toHaveLength(1)
      for (const status of ['500', '503']) expect(statuses).toContain(status)
    }
    const { responses } = document.paths['/api/v1/admin/users/{id}']!.patch!
    expect(Object.keys(responses)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
    ])
    expect(responses['409']?.description).toMatch(/`name_taken`.*`last_admin`/)
    const schema = { $ref: '#/components/schemas/Error' }
    expect(responses['409']?.content).toEqual({ 'application/json': { schema } })
  })

  test('a list is described down to its items', () => {
    const { schema } =
      document.paths['/api/v1/messages']!.get!.responses['200']!.content!['application/json']!
    expect(schema).toMatchObject({
      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Message' } } },
    })
  })

  test('what is no JSON says what it is', () => {
    expect(document.paths['/api/v1/events']?.get?.responses['200']?.content).toHaveProperty(
      'text/event-stream',
    )
    expect(document.paths['/api/v1/tokens/{id}']?.delete?.responses['204']).not.toHaveProperty('content')
    expect(document.paths['/api/v1/messages/{id}/open']?.get?.responses['303']).toHaveProperty(
      'headers.Location',
    )
  })
})

test('bodies and queries are described as they are sent', () => {
  const { requestBody } = document.paths['/api/v1/tokens']!.post!
  expect(requestBody?.content['application/json']?.schema).toMatchObject({
    type: 'object',
    additionalProperties: false,
    required: ['name'],
    properties: { expiresAt: { type: 'string', format: 'date-time' } },
  })
  const limit = document.paths['/api/v1/messages']!.get!.parameters!.find(({ name }) => name === 'limit')
  expect(limit).toEqual({
    name: 'limit',
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  })
})
