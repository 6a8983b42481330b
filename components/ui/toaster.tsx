'use client'

import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { Toaster as Sonner } from 'sonner'

/** Where short notices appear, with their undo. */
export function Toaster() {
  const t = useTranslations('common')
  const { resolvedTheme } = useTheme()
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-center"
      containerAriaLabel={t('toasts')}
      gap={8}
      // Above the bar at the bottom of phones.
      mobileOffset={{ bottom: 'calc(68px + env(safe-area-inset-bottom))' }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 'floating flex w-full items-center gap-3 px-3.5 py-2.5 text-base sm:w-90',
          content: 'min-w-0 flex-1',
          title: 'break-words',
          description: 'text-sm text-text-muted',
          icon: 'shrink-0 text-text-faint [[data-type=error]_&]:text-danger [[data-type=success]_&]:text-success',
          actionButton:
            'shrink-0 rounded-md px-2 py-1 font-medium text-accent transition-colors hover:bg-hover touch-target',
          cancelButton: 'shrink-0 rounded-md px-2 py-1 text-text-muted hover:bg-hover',
        },
      }}
    />
  )
}
