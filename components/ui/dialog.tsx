'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { cn } from './class-names'
import { IconButton } from './icon-button'
import { useFocusReturn } from './use-focus-return'

export const overlayStyle =
  'fixed inset-0 z-40 bg-overlay data-[state=open]:animate-in data-[state=open]:duration-[140ms] data-[state=open]:fade-in-0'

const FIELDS = 'input:not([disabled]), textarea:not([disabled]), [role=combobox], [role=radio][tabindex="0"]'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** One or two sentences under the title. */
  description?: ReactNode
  size?: 'sm' | 'md' | 'lg'
  /** The buttons; stay in sight while the middle scrolls. */
  footer?: ReactNode
  children?: ReactNode
}

/**
 * A dialog over the page. Escape and a click outside close it; focus stays inside and then returns to what opened
 * it. On phones it stands at the bottom, where thumbs are.
 */
export function Dialog(props: Props) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Panel {...props} />
      </Radix.Portal>
    </Radix.Root>
  )
}

// Apart: it is mounted as the dialog opens.
function Panel({ title, description, size = 'md', footer, children }: Props) {
  const t = useTranslations('common.action')
  const returnFocus = useFocusReturn()
  const body = useRef<HTMLDivElement>(null)
  // What the dialog is for comes before the button that closes it.
  const focusFirst = (event: Event) => {
    const first = body.current?.querySelector<HTMLElement>(FIELDS)
    if (!first) return
    event.preventDefault()
    first.focus()
    if (first instanceof HTMLInputElement) first.select()
  }
  return (
    <Radix.Content
      onOpenAutoFocus={focusFirst}
      onCloseAutoFocus={returnFocus}
      {...(description ? {} : { 'aria-describedby': undefined })}
      className={cn(
        'floating fixed z-40 flex flex-col outline-none',
        'inset-x-0 bottom-0 max-h-[92dvh] rounded-b-none sm:inset-x-auto sm:top-[max(5vh,calc(50%-20rem))] sm:bottom-auto sm:left-1/2 sm:max-h-[88dvh] sm:w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:rounded-b-lg',
        'data-[state=open]:animate-in data-[state=open]:duration-[140ms] data-[state=open]:fade-in-0',
        size === 'sm' && 'sm:max-w-100',
        size === 'md' && 'sm:max-w-120',
        size === 'lg' && 'sm:max-w-160',
      )}
    >
      <header className="flex items-start gap-3 px-5 pt-4 pb-1">
        <div className="min-w-0 flex-1">
          <Radix.Title className="text-lg font-semibold break-words">{title}</Radix.Title>
          {description && (
            <Radix.Description className="mt-1 text-base text-text-muted">{description}</Radix.Description>
          )}
        </div>
        <Radix.Close asChild>
          <IconButton label={t('close')} tip={false} className="-mr-2">
            <X aria-hidden />
          </IconButton>
        </Radix.Close>
      </header>
      <div ref={body} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-3">
        {children}
      </div>
      {footer && (
        <footer className="flex flex-wrap justify-end gap-2 border-t border-border px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
          {footer}
        </footer>
      )}
    </Radix.Content>
  )
}
