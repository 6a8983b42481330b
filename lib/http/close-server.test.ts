import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterEach, expect, test } from 'vitest'
import { closerOf } from './close-server'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

async function start(listener: RequestListener) {
  const server = createServer(listener)
  servers.push(server)
  const close = closerOf(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { close, port, base: `http://127.0.0.1:${port}` }
}

test('a connection that never asked anything does not hold up the end', async () => {
  const { close, port } = await start((_, response) => response.end())
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const closed = once(socket, 'close')
  await close()
  await closed
})

test('a request in hand is answered, then its connection is ended, though it was to be kept alive', async () => {
  let answer = (): void => {}
  let asked = (): void => {}
  const arrived = new Promise<void>((resolve) => (asked = resolve))
  const { close, base } = await start((_, response) => {
    answer = () => response.end('done')
    asked()
  })
  const request = fetch(base, { headers: { connection: 'keep-alive' } })
  await arrived
  const closed = close()
  answer()
  expect(await (await request).text()).toBe('done')
  await closed
  await expect(fetch(base)).rejects.toThrow()
})

test('a kept connection whose request is over is closed at once', async () => {
  const { close, base } = await start((_, response) => response.end('ok'))
  await (await fetch(base)).text()
  await close()
})

test('a live stream gets its proper end, and who feeds it is told', async () => {
  let cancelled = (): void => {}
  const told = new Promise<void>((resolve) => (cancelled = resolve))
  const listener = getRequestListener(() => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(': hello\n\n')),
      cancel: () => cancelled(),
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
  })
  const { close, base } = await start((incoming, outgoing) => void listener(incoming, outgoing))
  const stream = await fetch(base)
  const reader = stream.body!.getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(': hello\n\n')
  await close()
  expect((await reader.read()).done).toBe(true)
  await told
})
