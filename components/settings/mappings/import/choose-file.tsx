'use client'

import { Download, FileSpreadsheet } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { useErrorText } from '@/components/ui/error-text'
import { Notice } from '@/components/ui/notice'
import { Spinner } from '@/components/ui/spinner'
import { exportMappings } from '@/lib/contracts/import'
import { useConnectionList } from '../../connections/use-connections'
import { csvText } from '../../files/csv-text'
import { saveFile } from '../../files/save-file'
import { Section } from '../../section'
import { FileDrop } from './file-drop'

type Props = { file: File | null; onFile: (file: File) => void; trying: boolean; error: Error | null }

/** The file to bring in, what it should look like, and how to get one. */
export function ChooseFile({ file, onFile, trying, error }: Props) {
  const t = useTranslations('import')
  const errorText = useErrorText()
  return (
    <>
      {error && (
        <div className="mb-4">
          <Notice tone="danger">
            {file && `${file.name}: `}
            {errorText(error)}
          </Notice>
        </div>
      )}
      <FileDrop onFile={onFile} disabled={trying}>
        {trying ? (
          <span role="status" className="flex items-center gap-2">
            <Spinner />
            {t('file.reading', { name: file?.name ?? '' })}
          </span>
        ) : (
          <>
            <FileSpreadsheet className="size-6 stroke-[1.5] text-text-faint" aria-hidden />
            <span>
              <span className="font-medium text-accent">{t('file.choose')}</span>
              <span className="pointer-coarse:hidden"> {t('file.orDrop')}</span>
            </span>
            <span className="text-sm text-text-muted">{t('file.limits')}</span>
          </>
        )}
      </FileDrop>
      <Format />
    </>
  )
}

function Format() {
  const t = useTranslations('import')
  const connections = useConnectionList().data?.items.filter(({ state }) => state !== 'archived') ?? []
  const columns = ['username', 'name', 'email', ...connections.map(({ name }) => name)]
  return (
    <>
      <Section title={t('format.title')} text={t('format.text')} className="mt-8">
        <p className="mb-3 flex flex-wrap gap-1.5" aria-label={t('format.columns')}>
          {columns.map((column) => (
            <code key={column} className="rounded-sm bg-hover px-1.5 text-sm leading-6">
              {column}
            </code>
          ))}
        </p>
        <p className="text-sm text-text-muted">{t('format.more')}</p>
        <Button
          className="mt-4"
          onClick={() => saveFile(t('format.filename'), csvText([columns]), 'text/csv')}
        >
          <Download aria-hidden />
          {t('format.template')}
        </Button>
      </Section>
      <Section title={t('export.title')} text={t('export.text')}>
        <Button asChild>
          <a href={exportMappings.path} download>
            <Download aria-hidden />
            {t('export.action')}
          </a>
        </Button>
      </Section>
    </>
  )
}
