import { credentialOf } from '@/lib/auth/credentials'
import { identify, type SignedIn } from '@/lib/auth/session'
import type { Operation } from '@/lib/contracts/operation'
import { AppError } from '@/lib/shared/errors'
import { checkOrigin } from '../origin'

const CHANGES_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Lets a request in or throws: who it is, whether another site made it, whether they may. The answers of all say no
 * more than they must.
 * @returns the user, `null` for public operations, and cookies to send with the answer
 */
export async function authorise(
  operation: Operation,
  request: Request,
  address: string,
): Promise<{ user: SignedIn | null; setCookies: string[] }> {
  const { headers } = request
  const changes = !CHANGES_NOTHING.has(request.method)
  if (operation.who === 'public') {
    // No cookie gives such a request any power, and vendors' servers send whatever Origin they like.
    if (changes && operation.tag !== 'webhooks') checkOrigin(headers, { mayLack: true })
    return { user: null, setCookies: [] }
  }
  const { user, setCookies } = await identify(headers, address)
  if (!user) throw new AppError('unauthenticated')
  if (changes && credentialOf(headers)?.kind === 'cookie') checkOrigin(headers, { mayLack: false })
  checkRights(operation, user)
  return { user, setCookies }
}

function checkRights(operation: Operation, { role, scopes }: SignedIn): void {
  if (operation.who === 'admin' && role !== 'admin') throw new AppError('forbidden')
  if (scopes === null) return
  const { scope } = operation
  if (scope === null) {
    throw new AppError('forbidden', {
      message: { 'zh-CN': '这个操作不能用令牌，请在网页上进行', en: 'This cannot be done with a token' },
    })
  }
  // A token without scopes may do all that its user may.
  if (scopes.length > 0 && !scopes.includes(scope)) {
    throw new AppError('forbidden', {
      message: { 'zh-CN': `令牌没有 ${scope} 权限`, en: `The token lacks the scope ${scope}` },
    })
  }
}
