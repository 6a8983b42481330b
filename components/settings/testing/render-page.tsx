import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { NextIntlClientProvider } from 'next-intl'
import { NuqsTestingAdapter } from 'nuqs/adapters/testing'
import type { ReactNode } from 'react'
import { TooltipProvider } from '@/components/ui/tooltip'
import { messagesFor } from '@/messages'

/** Renders a part of a page in Chinese, with all that pages have around them; gives the hands of a user as well. */
export function renderPage(page: ReactNode) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const around = (inside: ReactNode) => (
    <NextIntlClientProvider locale="zh-CN" messages={messagesFor('zh-CN')} timeZone="Asia/Shanghai">
      <QueryClientProvider client={queryClient}>
        <NuqsTestingAdapter hasMemory>
          <TooltipProvider>{inside}</TooltipProvider>
        </NuqsTestingAdapter>
      </QueryClientProvider>
    </NextIntlClientProvider>
  )
  const { rerender } = render(around(page))
  return { user: userEvent.setup(), show: (next: ReactNode) => rerender(around(next)) }
}
