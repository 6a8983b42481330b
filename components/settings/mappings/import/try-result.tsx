'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/class-names'
import { useErrorText } from '@/components/ui/error-text'
import { Notice } from '@/components/ui/notice'
import type { ImportResult } from '@/lib/contracts/import'
import { ErrorTable } from './error-table'
import { RowTable } from './row-table'
import { TryCounts } from './try-counts'

type Props = {
  file: File
  result: ImportResult
  createUsers: boolean
  onCreateUsers: (create: boolean) => void
  /** Being asked again, with the other choice. */
  trying: boolean
  onApply: () => void
  applying: boolean
  /** It was tried in earnest and refused: what it stands on is no longer so. */
  changedMeanwhile: boolean
  error: Error | null
  onOther: () => void
}

/** What the file would do: errors first, then row by row; and the button that does it. */
export function TryResult({ file, result, createUsers, trying, applying, error, ...props }: Props) {
  const t = useTranslations('import')
  const errorText = useErrorText()
  const id = useId()
  const { errors, counts } = result
  const nothing = errors.length === 0 && counts.new + counts.changed === 0
  return (
    <div className="flex flex-col gap-5">
      {error && <Notice tone="danger">{errorText(error)}</Notice>}
      {props.changedMeanwhile && <Notice tone="warning">{t('check.changedMeanwhile')}</Notice>}
      <TryCounts file={file} result={result} />
      <div className="flex items-start gap-2.5">
        <Checkbox
          id={id}
          className="mt-0.5"
          checked={createUsers}
          disabled={trying || applying}
          onCheckedChange={(checked) => props.onCreateUsers(checked === true)}
          aria-describedby={`${id}-help`}
        />
        <div>
          <label htmlFor={id}>{t('check.createUsers')}</label>
          <p id={`${id}-help`} className="text-sm text-text-muted">
            {t('check.createUsersHelp')}
          </p>
        </div>
      </div>
      <div
        className={cn('flex flex-col gap-5 transition-opacity', trying && 'opacity-60')}
        aria-busy={trying}
      >
        {errors.length > 0 && <ErrorTable errors={errors} />}
        {result.rows.length > 0 && <RowTable rows={result.rows} counts={counts} />}
      </div>
      <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center justify-end gap-2 border-t border-border bg-surface px-1 py-3">
        <p className="mr-auto text-text-muted">
          {errors.length > 0 ? t('check.mend') : nothing ? t('check.nothing') : t('check.ready')}
        </p>
        <Button onClick={props.onOther} disabled={applying}>
          {t('check.other')}
        </Button>
        <Button
          variant="primary"
          disabled={errors.length > 0 || nothing || trying}
          loading={applying}
          onClick={props.onApply}
        >
          {t('check.apply')}
        </Button>
      </div>
    </div>
  )
}
