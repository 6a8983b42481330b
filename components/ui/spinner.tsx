import { LoaderCircle } from 'lucide-react'
import { cn } from './class-names'

/** A turning ring; without a label it is only decoration beside a text that says the same. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span role={label ? 'status' : undefined} className={cn('inline-flex text-text-faint', className)}>
      <LoaderCircle className="size-4 animate-spin" aria-hidden />
      {label && <span className="sr-only">{label}</span>}
    </span>
  )
}
