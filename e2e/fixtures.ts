import { test as base, type APIRequestContext } from '@playwright/test'
import { ADMIN, startServer, type TestServer } from './server'

export { expect } from '@playwright/test'
export { ADMIN } from './server'

/**
 * `test` with one running server (`server`), shared by all specs that use it, with the administrator `ADMIN`;
 * `page.goto('/login')` and `request.get('/api/…')` go to it.
 */
export const test = base.extend<object, { server: TestServer }>({
  server: [
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.remove()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.baseUrl),
})

/** Signs in; the session is in `request`'s cookies, and in the page's when it is `page.request`. */
export async function signIn(
  request: APIRequestContext,
  baseUrl: string,
  who: { username: string; password: string } = ADMIN,
): Promise<void> {
  const response = await request.post(`${baseUrl}/api/auth/sign-in/username`, {
    data: who,
    headers: { origin: baseUrl },
  })
  if (!response.ok())
    throw new Error(`sign-in of ${who.username}: ${response.status()} ${await response.text()}`)
}
