import type { ReactNode } from 'react'
import { cn } from './class-names'

type Props = {
  icon?: ReactNode
  title: ReactNode
  /** Why it is empty and what comes next. */
  text?: ReactNode
  action?: ReactNode
  className?: string
  /** Where it is the whole page, its title is the page's. */
  wholePage?: boolean
}

/** Nothing here: says why, and what next. */
export function EmptyState({ icon, title, text, action, className, wholePage }: Props) {
  const Title = wholePage ? 'h1' : 'p'
  return (
    <div className={cn('mx-auto flex max-w-90 flex-col items-center px-6 py-12 text-center', className)}>
      {icon && (
        <span className="mb-3 text-text-faint [&_svg]:size-6 [&_svg]:stroke-[1.5]" aria-hidden>
          {icon}
        </span>
      )}
      <Title className="font-medium text-balance">{title}</Title>
      {text && <p className="mt-1 text-text-muted text-balance">{text}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  )
}
