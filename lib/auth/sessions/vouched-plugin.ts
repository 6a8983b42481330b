import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

/**
 * The sign-in library begins sessions for passwords; this makes it begin one for a user who is known otherwise, with
 * the same record and the same cookie. It has no path, so nobody outside can call it.
 */
export function vouched() {
  return {
    id: 'vouched',
    endpoints: {
      beginVouched: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ userId: z.string() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context
          const user = await internalAdapter.findUserById(ctx.body.userId)
          if (!user) throw new Error('a session was asked for a user who is not there')
          const session = await internalAdapter.createSession(user.id)
          await setSessionCookie(ctx, { session, user })
          return ctx.json({ token: session.token })
        },
      ),
    },
  } as const
}
