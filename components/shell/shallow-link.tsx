'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ComponentProps, MouseEvent } from 'react'

type Props = Omit<ComponentProps<typeof Link>, 'href'> & { href: string }

/**
 * A link within the pages that keep their state in the address: where only the words after `?` change, the server is
 * not asked for the page again.
 */
export function ShallowLink({ href, onClick, ...props }: Props) {
  const pathname = usePathname()
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || !isPlainClick(event) || href.split('?')[0] !== pathname) return
    event.preventDefault()
    window.history.pushState(null, '', href)
  }
  return <Link href={href} onClick={go} {...props} />
}

/** Not one that asks for a new tab or window. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}
