import { expect, signIn, test } from './fixtures'
import { newDataDir, removeDataDir, startServer } from './server'

/** The API in front, Next behind, in one process: what each answers, and that neither breaks the other. */

test('a page runs in the browser under its own policy, without a complaint', async ({ page, baseURL }) => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const response = await page.goto(`${baseURL}/login`)
  expect(response!.headers()['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+';/)
  expect(response!.headers()).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
  })
  expect(response!.headers()['x-powered-by']).toBeUndefined()
  await page.waitForLoadState('networkidle')
  expect(complaints).toEqual([])
})

test('a script that was slipped into a page does not run', async ({ page, baseURL }) => {
  await page.goto(`${baseURL}/login`)
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.slippedIn = true'
    document.body.append(script)
    return 'slippedIn' in window
  })
  expect(ran).toBe(false)
})

test('an unknown page is a page, an unknown API path is JSON', async ({ request, server }) => {
  const page = await request.get(`${server.baseUrl}/nothing-here`, { maxRedirects: 0 })
  expect(page.headers()['content-type'] ?? '').not.toContain('json')
  const api = await request.get(`${server.baseUrl}/api/nothing-here`)
  expect([api.status(), ((await api.json()) as { error: { code: string } }).error.code]).toEqual([
    404,
    'not_found',
  ])
})

test('a method that a route does not have is 405 with what it has; HEAD is GET without a body', async ({
  request,
  server,
}) => {
  const wrong = await request.delete(`${server.baseUrl}/api/livez`)
  expect([wrong.status(), wrong.headers().allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
  const head = await request.head(`${server.baseUrl}/api/livez`)
  expect([head.status(), (await head.body()).length]).toEqual([200, 0])
})

test('pages and API go on answering beside each other', async ({ server }) => {
  const paths = Array.from({ length: 30 }, (_, n) => (n % 2 ? '/login' : '/api/livez'))
  const answers = await Promise.all(paths.map((path) => fetch(server.baseUrl + path)))
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200))
  await Promise.all(answers.map((answer) => answer.text()))
})

test('SIGTERM ends an open live stream cleanly and does not wait for its reader', async ({ playwright }) => {
  const server = await startServer({ dataDir: newDataDir() })
  const request = await playwright.request.newContext()
  await signIn(request, server.baseUrl)
  const { cookies } = await request.storageState()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const stream = await fetch(`${server.baseUrl}/api/v1/events`, { headers: { cookie } })
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const reading = stream.text()
  const { code, ms } = await server.stop()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(3_000)
  // It ended; it was not cut off.
  await reading
  await request.dispose()
  await removeDataDir(server.dataDir)
})
