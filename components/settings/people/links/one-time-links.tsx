'use client'

import { Check, Copy, Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { useCopy } from '@/components/ui/copy-field'
import { Notice } from '@/components/ui/notice'
import { csvText } from '../../files/csv-text'
import { saveFile } from '../../files/save-file'

type Link = { username: string; name: string; url: string }
type Props = {
  links: Link[]
  /** Until when they work, as a ready text; a week where nobody said. */
  until?: string
  /** They were copied or saved: now they may go. */
  onTaken: () => void
}

/** Links by which people set their own passwords, shown this once: to be copied or kept as a file. */
export function OneTimeLinks({ links, until, onTaken }: Props) {
  const t = useTranslations('welcome.links')
  const text = useRef<HTMLTextAreaElement>(null)
  const lines = links.map(({ name, username, url }) => `${name} (${username})\t${url}`).join('\n')
  const { copied, copy } = useCopy(lines, () => text.current?.select())
  const common = useTranslations('common.action')
  const [kept, setKept] = useState(false)
  const [copyFailed, setCopyFailed] = useState(false)
  useKeepPage(!kept)
  const tellTaken = () => {
    setKept(true)
    onTaken()
  }
  const take = async () => {
    const done = await copy()
    setCopyFailed(!done)
    if (done) tellTaken()
  }
  const save = () => {
    const rows = links.map(({ username, name, url }) => [username, name, url])
    tellTaken()
    saveFile('huixin-links.csv', csvText([['username', 'name', 'link'], ...rows]), 'text/csv')
  }
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warning">
        {t('once')} {until ? t('until', { time: until }) : t('week')}
      </Notice>
      <textarea
        ref={text}
        readOnly
        value={lines}
        aria-label={t('label')}
        rows={Math.min(8, Math.max(2, links.length))}
        wrap="off"
        onFocus={(event) => event.target.select()}
        // Copied by hand, all of it.
        onCopy={({ currentTarget: { selectionStart, selectionEnd, value } }) => {
          if (selectionEnd - selectionStart === value.length) tellTaken()
        }}
        className="w-full resize-y overflow-auto rounded-md border border-control bg-hover px-2.5 py-2 font-mono text-sm"
      />
      <p role="status" className={cn('text-sm text-warning', !copyFailed && 'sr-only')}>
        {copyFailed && t('copyFailed')}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={take} className="min-w-24">
          {copied ? <Check className="text-success" aria-hidden /> : <Copy aria-hidden />}
          <span aria-live="polite">{copied ? common('copied') : t('copy')}</span>
        </Button>
        <Button onClick={save}>
          <Download aria-hidden />
          {t('save')}
        </Button>
      </div>
    </div>
  )
}

/** The links are gone with the page: until they are taken, the browser asks before it is left. */
function useKeepPage(asks: boolean) {
  useEffect(() => {
    if (!asks) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [asks])
}
