'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { ImportResult } from '@/lib/contracts/import'

const AT_FIRST = 50

/** What has to be mended in the file, by its lines. */
export function ErrorTable({ errors }: { errors: ImportResult['errors'] }) {
  const t = useTranslations('import')
  const [all, setAll] = useState(false)
  const shown = all ? errors : errors.slice(0, AT_FIRST)
  return (
    <section>
      <h2 className="mb-1 font-semibold text-danger">{t('errors.title', { count: errors.length })}</h2>
      <Table>
        <thead>
          <tr>
            <TableHead className="w-px">{t('errors.line')}</TableHead>
            <TableHead className="w-24 sm:w-40">{t('errors.column')}</TableHead>
            <TableHead>{t('errors.what')}</TableHead>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ line, column, message }, index) => (
            <TableRow key={index}>
              <TableCell className="tabular-nums">{line}</TableCell>
              <TableCell className="wrap-anywhere text-text-muted">{column ?? '–'}</TableCell>
              <TableCell className="wrap-anywhere">{message}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {shown.length < errors.length && (
        <Button className="mt-2" onClick={() => setAll(true)}>
          {t('showAll', { count: errors.length })}
        </Button>
      )}
    </section>
  )
}
