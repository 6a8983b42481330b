import type { SeeyonSimulator } from './simulator'

/** An answer as a test looks at it: bytes as text, nothing parsed. */
export interface RawAnswer {
  status: number
  type: string | null
  location: string | null
  text: string
}

/** Fetches anything below `/seeyon/rest/` with the headers given, and follows no redirect. */
export async function rest(
  seeyon: SeeyonSimulator,
  path: string,
  init: RequestInit = {},
): Promise<RawAnswer> {
  const response = await fetch(`${seeyon.baseUrl}/rest/${path}`, { ...init, redirect: 'manual' })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    location: response.headers.get('location'),
    text: await response.text(),
  }
}

/** Posts JSON; a string goes as it is. */
export function post(
  seeyon: SeeyonSimulator,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  return rest(seeyon, path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** A token of the REST account, bound to a member when a login name is given. */
export async function tokenOf(seeyon: SeeyonSimulator, loginName?: string): Promise<string> {
  const { text } = await post(seeyon, 'token', {
    userName: seeyon.restUser,
    password: seeyon.restPassword,
    ...(loginName === undefined ? {} : { loginName }),
  })
  return (JSON.parse(text) as { id: string }).id
}
