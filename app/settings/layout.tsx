import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Forbidden } from '@/components/settings/forbidden'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { signedInFrom } from '@/lib/auth/session'

/**
 * The frame of the settings, for administrators. Who is not signed in is sent away by the page itself, which knows
 * its own address; the API asks for the role again at every call.
 */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const signedIn = await signedInFrom(await headers())
  if (!signedIn) return children
  return signedIn.role === 'admin' ? <SettingsFrame>{children}</SettingsFrame> : <Forbidden />
}
