import type { ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'
import { Table, TableHead } from '@/components/ui/table'

type Props = {
  /** Whom the rows are about; always there. */
  first: string
  /** What stands beside where there is room. */
  others: string[]
  /** What can be done, for those who only hear it. */
  actions: string
  /** Shown only until what was asked for is there. */
  stale: boolean
  children: ReactNode
}

/** A table of people: one a row, with what can be done with them at its end. */
export function PeopleTable({ first, others, actions, stale, children }: Props) {
  return (
    <Table className={cn('transition-opacity', stale && 'opacity-60')}>
      <thead>
        <tr>
          <TableHead>{first}</TableHead>
          {others.map((other) => (
            <TableHead key={other} className="hidden sm:table-cell">
              {other}
            </TableHead>
          ))}
          <TableHead>
            <span className="sr-only">{actions}</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </Table>
  )
}
