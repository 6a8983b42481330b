import { Skeleton } from '@/components/ui/skeleton'

/** Rows of a table that is being loaded, at their true height. */
export function TableSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-busy>
      <Skeleton className="mb-3 h-9 rounded-md" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-4 border-b border-border py-2.5 last:border-b-0">
          <span className="flex flex-1 flex-col gap-2 py-0.5">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-3.5 w-52 max-w-full" />
          </span>
          <Skeleton className="h-4 w-20" />
        </div>
      ))}
    </div>
  )
}
