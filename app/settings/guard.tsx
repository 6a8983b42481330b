import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { signedInFrom } from '@/lib/auth/session'

/**
 * Lets administrators through. Who is not signed in is sent to sign in and back to `path`; whoever else is signed
 * in gets nothing here: the layout tells them why.
 */
export async function forAdministrators(path: string, page: ReactNode): Promise<ReactNode> {
  const signedIn = await signedInFrom(await headers())
  if (!signedIn) redirect(`/login?next=${encodeURIComponent(path)}`)
  return signedIn.role === 'admin' ? page : null
}
