import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ActsProvider } from '@/components/inbox/acts/acts-provider'
import { AppShell } from '@/components/shell/app-shell'
import { signedInFrom } from '@/lib/auth/session'
import { sessionUser } from '@/lib/auth/session-user'

/** The frame of the reader's pages. Who is not signed in is sent away by the page itself. */
export default async function InboxLayout({ children }: { children: ReactNode }) {
  const signedIn = await signedInFrom(await headers())
  if (!signedIn) return children
  return (
    <AppShell user={sessionUser(signedIn)}>
      <ActsProvider>{children}</ActsProvider>
    </AppShell>
  )
}
