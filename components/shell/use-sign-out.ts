'use client'

import { toast } from 'sonner'
import { useErrorText } from '@/components/ui/error-text'
import { signOut } from '@/lib/contracts/auth'
import { call } from '@/lib/client/call'

/** Ends the session and goes to sign in; the page is left whole, so that nothing of this reader stays in memory. */
export function useSignOut(): () => void {
  const errorText = useErrorText()
  return () => {
    call(signOut).then(
      // eslint-disable-next-line @next/next/no-location-assign-relative-destination
      () => window.location.assign('/login'),
      (error: unknown) => toast.error(errorText(error)),
    )
  }
}
