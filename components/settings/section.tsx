import { useId, type ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'

type Props = {
  title: ReactNode
  text?: ReactNode
  action?: ReactNode
  className?: string
  children?: ReactNode
}

/** One part of a settings page, under a hairline. */
export function Section({ title, text, action, className, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={cn('border-t border-border py-6', className)}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {text && <p className="mt-0.5 text-text-muted">{text}</p>}
        </div>
        {action}
      </div>
      {children && <div className="mt-4">{children}</div>}
    </section>
  )
}
