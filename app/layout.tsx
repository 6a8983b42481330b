import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from './providers'
import { signedInFrom } from '@/lib/auth/session'
import { sessionUser } from '@/lib/auth/session-user'
import { localeOf } from '@/lib/http/locale'
import { messagesFor } from '@/messages'

export async function generateMetadata(): Promise<Metadata> {
  const { product, tagline } = messagesFor(localeOf(await headers())).common
  return { title: { default: product, template: `%s · ${product}` }, description: tagline }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f9' },
    { media: '(prefers-color-scheme: dark)', color: '#101216' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const request = await headers()
  const locale = localeOf(request)
  return (
    // The theme's class is set before React is there, so that nothing flashes.
    <html lang={locale} suppressHydrationWarning>
      <body>
        <Providers
          locale={locale}
          messages={messagesFor(locale)}
          timeZone={await timeZoneFor(request)}
          nonce={request.get('x-nonce') ?? undefined}
        >
          {children}
        </Providers>
      </body>
    </html>
  )
}

/** The server's time zone for those who are signed in. The pages of others show no times. */
async function timeZoneFor(request: Headers): Promise<string> {
  // With the database away the page must still be there to say so.
  const signedIn = await signedInFrom(request).catch(() => null)
  return signedIn ? sessionUser(signedIn).timeZone : 'Asia/Shanghai'
}
