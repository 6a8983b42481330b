'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NextIntlClientProvider } from 'next-intl'
import { ThemeProvider } from 'next-themes'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { useState, type ReactNode } from 'react'
import { TooltipProvider } from '@/components/ui/tooltip'
import { Toaster } from '@/components/ui/toaster'
import type { Locale } from '@/lib/shared/errors'
import type { Messages } from '@/messages'

type Props = {
  locale: Locale
  messages: Messages
  /** The server's time zone, by which "today" is told, whatever the reader's machine says. */
  timeZone: string
  nonce?: string
  children: ReactNode
}

/** All that pages need around them: texts, theme, data, address-bar state, tips and toasts. */
export function Providers({ locale, messages, timeZone, nonce, children }: Props) {
  const [queryClient] = useState(newQueryClient)
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone={timeZone}>
      <ThemeProvider
        attribute="class"
        defaultTheme="system"
        enableSystem
        disableTransitionOnChange
        nonce={nonce}
      >
        <QueryClientProvider client={queryClient}>
          <NuqsAdapter>
            <TooltipProvider>{children}</TooltipProvider>
            <Toaster />
          </NuqsAdapter>
        </QueryClientProvider>
      </ThemeProvider>
    </NextIntlClientProvider>
  )
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (failures, error) => failures < 2 && mayPass(error) },
    },
  })
}

/** Asking again helps when nothing answered or the server was in trouble, not when it understood and said no. */
function mayPass(error: Error): boolean {
  const { status } = error as { status?: unknown }
  return typeof status !== 'number' || status === 0 || status >= 500
}
