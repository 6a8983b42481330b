import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

type Props = { children: ReactNode } & (
  { href: string; onClick?: undefined } | { onClick: () => void; href?: undefined }
)

const style =
  'touch-target mb-2 -ml-1 inline-flex h-7 items-center gap-0.5 rounded-md pr-2 text-sm text-text-muted transition-colors hover:text-text'

/** Up to the page that this one belongs to. */
export function BackLink({ children, href, onClick }: Props) {
  const inside = (
    <>
      <ChevronLeft className="size-4" aria-hidden />
      {children}
    </>
  )
  return href ? (
    <Link href={href} className={style}>
      {inside}
    </Link>
  ) : (
    <button type="button" onClick={onClick} className={style}>
      {inside}
    </button>
  )
}
