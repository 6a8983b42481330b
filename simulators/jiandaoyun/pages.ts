import { escapeHtml, HTML_TYPE, listenOnLoopback, writeAnswer } from '../loopback-server'

/** A stand-in for Jiandaoyun's own pages, so that links of a demo or a test open something. */
export interface JiandaoyunPages {
  /** Give it to `createPushBuilders` as `origin`. */
  origin: string
  port: number
  /** Path and query of every page opened, oldest first; the last 1,000. */
  opened(): string[]
  close(): Promise<void>
}

const SHOWN = ['actionType', 'appId', 'formId', 'dataId', 'instanceId', 'taskId', 'flowId'] as const

/** Serves any path with a page that names what was opened. */
export async function startJiandaoyunPages(
  options: { port?: number; host?: string } = {},
): Promise<JiandaoyunPages> {
  let opened: string[] = []
  const server = await listenOnLoopback(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://pages.local')
    if (url.pathname === '/favicon.ico') return writeAnswer(response, { status: 404, type: null, body: '' })
    opened = [...opened.slice(-999), url.pathname + url.search]
    writeAnswer(response, { status: 200, type: HTML_TYPE, body: pageOf(url) })
  }, options)
  return { origin: server.origin, port: server.port, opened: () => [...opened], close: server.close }
}

function pageOf(url: URL): string {
  const facts: [string, string][] = [['地址', url.pathname]]
  for (const name of SHOWN) {
    const value = url.searchParams.get(name)
    if (value !== null) facts.push([name, value])
  }
  const rows = facts.map(([label, value]) => `<dt>${label}</dt><dd>${escapeHtml(value)}</dd>`).join('')
  const reference =
    url.searchParams.get('dataId') ?? /\/(?:data|entry|message)\/([^/]+)/.exec(url.pathname)?.[1] ?? ''
  return (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>简道云（模拟）</title></head>' +
    `<body><main data-original="jiandaoyun" data-reference="${escapeHtml(reference)}">` +
    `<h1>简道云（模拟）</h1><dl>${rows}</dl></main></body></html>`
  )
}
