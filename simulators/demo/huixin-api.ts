/** The administrator's way into a running Huixin, over HTTP alone. */
export interface HuixinApi {
  /** Gives the parsed answer; throws with the answer's text when it is not 2xx. */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown): Promise<T>
}

/** Signs in and keeps the session cookie. `baseUrl` has no slash at the end. */
export async function signInAt(baseUrl: string, username: string, password: string): Promise<HuixinApi> {
  const origin = new URL(baseUrl).origin
  let cookie = ''

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { origin, 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
    const cookies = response.headers.getSetCookie().map((line) => line.split(';', 1)[0])
    if (cookies.length > 0) cookie = cookies.join('; ')
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  await call('POST', '/api/auth/sign-in/username', { username, password })
  if (cookie === '') throw new Error('signing in set no cookie')
  return { call }
}
