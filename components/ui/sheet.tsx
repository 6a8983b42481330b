'use client'

import { useTranslations } from 'next-intl'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './class-names'
import { overlayStyle } from './dialog'
import { IconButton } from './icon-button'
import { useFocusReturn } from './use-focus-return'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  side?: 'left' | 'right' | 'bottom'
  /** Keeps the title for screen readers only. */
  hideTitle?: boolean
  className?: string
  children: ReactNode
}

const sides = {
  left: 'inset-y-0 left-0 w-72 max-w-[85vw] rounded-l-none data-[state=open]:slide-in-from-left-6',
  right: 'inset-y-0 right-0 w-full max-w-190 rounded-r-none data-[state=open]:slide-in-from-right-6',
  bottom: 'inset-x-0 bottom-0 max-h-[85dvh] rounded-b-none data-[state=open]:slide-in-from-bottom-6',
}

/** A panel that slides in from an edge, over the page. */
export function Sheet(props: Props) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Panel {...props} />
      </Radix.Portal>
    </Radix.Root>
  )
}

// Apart: it is mounted as the sheet opens.
function Panel({ title, side = 'right', hideTitle, className, children }: Props) {
  const t = useTranslations('common.action')
  const returnFocus = useFocusReturn()
  return (
    <Radix.Content
      aria-describedby={undefined}
      onCloseAutoFocus={returnFocus}
      className={cn(
        'floating fixed z-40 flex flex-col outline-none',
        'data-[state=open]:animate-in data-[state=open]:duration-[150ms] data-[state=open]:fade-in-0',
        sides[side],
        className,
      )}
    >
      {hideTitle ? (
        <Radix.Title className="sr-only">{title}</Radix.Title>
      ) : (
        <header className="flex items-center gap-3 border-b border-border px-4 py-2">
          <Radix.Title className="min-w-0 flex-1 truncate text-lg font-semibold">{title}</Radix.Title>
          <Radix.Close asChild>
            <IconButton label={t('close')} tip={false} className="-mr-2">
              <X aria-hidden />
            </IconButton>
          </Radix.Close>
        </header>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-[env(safe-area-inset-bottom)]">
        {children}
      </div>
    </Radix.Content>
  )
}
