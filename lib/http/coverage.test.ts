import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { operations } from '@/lib/contracts'

/** Each operation has its handler, at its path, made by `route()`; and there is no handler without an operation. */
const API = fileURLToPath(new URL('../../app/api', import.meta.url))
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
type Handler = { operation?: unknown }
/** `METHOD /path` of handlers that are no operations, or of operations served elsewhere. */
const EXCEPTIONS: string[] = []
/** Answered by the server itself: they must do so while nothing else stands. */
const WITHOUT_ROUTE = ['GET /api/livez', 'GET /api/readyz']

/** `GET /api/v1/messages/{id}` → what is exported for it. */
const handlers = new Map<string, Handler>()

function addressOf(file: string): string {
  const segments = path.dirname(file).split(path.sep)
  const shown = segments.filter((segment) => !/^\(.*\)$/.test(segment) && segment !== '.')
  return ['/api', ...shown.map((segment) => segment.replace(/^\[(?:\.\.\.)?(\w+)\]$/, '{$1}'))].join('/')
}

beforeAll(async () => {
  const files = readdirSync(API, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => path.basename(name) === 'route.ts')) {
    const exported = (await import(pathToFileURL(path.join(API, file)).href)) as Record<string, Handler>
    for (const method of METHODS) {
      const handler = exported[method]
      if (handler) handlers.set(`${method} ${addressOf(file)}`, handler)
    }
  }
}, 60_000)

const expected = new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation]))
const besides = (names: Iterable<string>) => [...names].filter((name) => !EXCEPTIONS.includes(name)).sort()

test('every operation has its handler', () => {
  expect(besides(expected.keys()).filter((name) => !handlers.has(name))).toEqual([])
})

test('every handler has its operation', () => {
  expect(besides(handlers.keys()).filter((name) => !expected.has(name))).toEqual([])
})

test('every handler was made by route() for the operation of its place', () => {
  const strangers = besides(handlers.keys()).filter(
    (name) => handlers.get(name)?.operation !== expected.get(name),
  )
  expect(strangers).toEqual(WITHOUT_ROUTE)
})
