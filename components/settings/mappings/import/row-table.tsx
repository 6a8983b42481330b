'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { ImportResult } from '@/lib/contracts/import'

const tones = { new: 'accent', changed: 'warning', unchanged: 'neutral', error: 'danger' } as const
const AT_FIRST = 100
/** What changes comes before what stays. */
const ORDER = ['error', 'new', 'changed', 'unchanged'] as const

type Props = { rows: ImportResult['rows']; counts: ImportResult['counts'] }

/** What would become of each row. */
export function RowTable({ rows, counts }: Props) {
  const t = useTranslations('import')
  const [all, setAll] = useState(false)
  const sorted = ORDER.flatMap((state) => rows.filter((row) => row.state === state))
  const shown = all ? sorted : sorted.slice(0, AT_FIRST)
  const total = counts.new + counts.changed + counts.unchanged + counts.error
  return (
    <section>
      <h2 className="mb-1 font-semibold">{t('rows.title')}</h2>
      <Table>
        <thead>
          <tr>
            <TableHead className="hidden w-px sm:table-cell">{t('errors.line')}</TableHead>
            <TableHead className="w-28 max-sm:pl-0 sm:w-48">{t('rows.user')}</TableHead>
            <TableHead>{t('rows.changes')}</TableHead>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ line, username, state, changes, notes }) => (
            <TableRow key={line}>
              <TableCell className="hidden tabular-nums text-text-muted sm:table-cell">{line}</TableCell>
              <TableCell className="max-sm:pl-0">
                <p className="wrap-anywhere">{username || '–'}</p>
                <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
              </TableCell>
              <TableCell className="wrap-anywhere">
                {changes.map((change) => (
                  <p key={change}>{change}</p>
                ))}
                {notes.map((note) => (
                  <p key={note} className="text-sm text-text-muted">
                    {note}
                  </p>
                ))}
                {changes.length + notes.length === 0 && <span className="text-text-faint">–</span>}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {shown.length < rows.length && (
        <Button className="mt-2" onClick={() => setAll(true)}>
          {t('showAll', { count: rows.length })}
        </Button>
      )}
      {rows.length < total && (
        <p className="mt-2 text-sm text-text-muted">{t('rows.cut', { shown: rows.length, count: total })}</p>
      )}
    </section>
  )
}
