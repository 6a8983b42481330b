import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { isSetUpNeeded } from '@/lib/auth/first-administrator'
import { signedInFrom } from '@/lib/auth/session'

/**
 * Lets who is signed in through; sends others to sign in and back to `path`, or, where there is no administrator
 * yet, to set-up. Each page does this itself, because only it knows its own address.
 */
export async function forReaders(path: string): Promise<void> {
  if (await signedInFrom(await headers())) return
  if (await isSetUpNeeded()) redirect('/setup')
  redirect(path === '/' ? '/login' : `/login?next=${encodeURIComponent(path)}`)
}
