import { cn } from './class-names'

/** Holds the place of something that is being loaded, at its true size. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded-sm bg-hover', className)} />
}
