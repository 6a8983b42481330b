import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A listening HTTP server of a simulator. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  origin: string
  port: number
  /** Cuts every open connection and stops listening. */
  close(): Promise<void>
}

/** What a simulated endpoint answers, before any fault changes it. */
export interface Answer {
  status: number
  /** The whole Content-Type; null sends none. */
  type: string | null
  body: string | Buffer
  headers?: Record<string, string>
}

export const JSON_TYPE = 'application/json;charset=UTF-8'
export const TEXT_TYPE = 'text/plain;charset=UTF-8'
export const HTML_TYPE = 'text/html;charset=UTF-8'

/** Listens on loopback; port 0 takes any free one. The handler's failures become a 500 that names them. */
export async function listenOnLoopback(
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  options: { host?: string | undefined; port?: number | undefined } = {},
): Promise<LoopbackServer> {
  const host = options.host ?? '127.0.0.1'
  const server = createServer((request, response) => {
    handler(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy()
      else
        writeAnswer(response, { status: 500, type: TEXT_TYPE, body: `simulator failure: ${String(error)}` })
    })
  })
  // A pooled client must never meet a connection that this side has just dropped for being idle.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://${host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Reads a request body; throws above `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) throw new Error(`request body over ${limit} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Sends an answer whole, with its length. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body
  response.writeHead(answer.status, {
    ...(answer.type === null ? {} : { 'content-type': answer.type }),
    'content-length': String(body.length),
    ...answer.headers,
  })
  response.end(body)
}

/** Text made safe inside HTML text and attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
