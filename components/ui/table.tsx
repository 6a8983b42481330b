import type { ComponentProps } from 'react'
import { cn } from './class-names'

/** A table where rows are compared; scrolls sideways within itself, never the page. */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return (
    // Room at the sides, or focus rings would be cut off.
    <div className="-mx-1.5 overflow-x-auto px-1.5">
      <table className={cn('w-full border-collapse text-base', className)} {...props} />
    </div>
  )
}

export function TableHead({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'border-b border-border px-2 py-1.5 text-left text-sm font-normal whitespace-nowrap text-text-muted first:pl-0 last:pr-0',
        className,
      )}
      {...props}
    />
  )
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('group border-b border-border last:border-b-0', className)} {...props} />
}

export function TableCell({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('px-2 py-2.5 align-top first:pl-0 last:pr-0', className)} {...props} />
}
