import { cn } from './class-names'

/** The product's mark: two streams that become one. Decoration; the name stands beside it. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden className={cn('size-8', className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="stroke-accent-text" strokeWidth="2.6" strokeLinecap="round">
        <path d="M7 9.4c5 0 5 6.6 9.6 6.6M7 22.6c5 0 5-6.6 9.6-6.6h3" />
      </g>
      <circle cx="23.4" cy="16" r="3.2" className="fill-accent-text" />
    </svg>
  )
}
