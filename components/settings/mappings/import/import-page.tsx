'use client'

import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { useState } from 'react'
import type { ImportResult } from '@/lib/contracts/import'
import { BackLink } from '../../back-link'
import { Section } from '../../section'
import { SettingsPage } from '../../settings-page'
import { Applied } from './applied'
import { ChooseFile } from './choose-file'
import { LookupProgress } from './lookup-progress'
import { Steps } from './steps'
import { TryResult } from './try-result'
import { useApplyImport, useTryImport } from './use-import'

/** Who is who from a file, and into one: choose it, see what it would do, bring it in. */
export function ImportPage() {
  const t = useTranslations('import')
  const flow = useFlow()
  // In the address, so that a look-up can be followed after the page was left.
  const [job, setJob] = useQueryState('job', parseAsString)
  const { file, tried, applied } = flow
  const step = applied ? 'done' : tried ? 'check' : 'file'
  return (
    <SettingsPage
      wide
      title={t('title')}
      text={t('text')}
      back={<BackLink href="/settings/mappings">{t('back')}</BackLink>}
    >
      <Steps current={step} />
      {applied ? (
        <Applied result={applied} onAnother={flow.forget} />
      ) : file && tried ? (
        <TryResult
          file={file}
          result={tried}
          createUsers={flow.createUsers}
          onCreateUsers={flow.setCreateUsers}
          trying={flow.trying}
          onApply={() => flow.apply((result) => void setJob(result.job))}
          applying={flow.applying}
          changedMeanwhile={flow.changedMeanwhile}
          error={flow.error}
          onOther={flow.forget}
        />
      ) : (
        <ChooseFile file={file} onFile={flow.choose} trying={flow.trying} error={flow.error} />
      )}
      {job && (
        <Section title={t('lookup.title')} text={t('lookup.text')} className="mt-6">
          <LookupProgress job={job} />
        </Section>
      )}
    </SettingsPage>
  )
}

function useFlow() {
  const [file, setFile] = useState<File | null>(null)
  const [createUsers, setCreate] = useState(false)
  // Kept while the file is asked about again, with the other choice.
  const [tried, setTried] = useState<ImportResult>()
  const trying = useTryImport()
  const applying = useApplyImport()
  // Applying may find that somebody changed things meanwhile: then nothing was written and its findings count.
  const refused = applying.data && !applying.data.applied ? applying.data : undefined
  const tryIt = (next: File, create: boolean) => {
    applying.reset()
    const putBack = () => setCreate(createUsers)
    trying.mutate({ file: next, createUsers: create }, { onSuccess: setTried, onError: putBack })
  }
  return {
    file,
    createUsers,
    tried: refused ?? tried,
    applied: applying.data?.applied ? applying.data : undefined,
    trying: trying.isPending,
    applying: applying.isPending,
    changedMeanwhile: refused !== undefined,
    error: applying.error ?? trying.error,
    choose: (next: File) => {
      setFile(next)
      setTried(undefined)
      tryIt(next, createUsers)
    },
    setCreateUsers: (create: boolean) => {
      setCreate(create)
      if (file) tryIt(file, create)
    },
    apply: (onDone: (result: { job: string | null }) => void) => {
      if (file) applying.mutate({ file, createUsers }, { onSuccess: onDone })
    },
    forget: () => {
      setFile(null)
      setTried(undefined)
      trying.reset()
      applying.reset()
    },
  }
}
