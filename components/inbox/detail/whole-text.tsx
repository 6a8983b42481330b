'use client'

import { useTranslations } from 'next-intl'
import type { MessageDetail } from '@/lib/contracts/messages'
import { Marked } from '../search/marked'

/**
 * The text as it came. Where it was read into fields it says the same once more, so it is folded away; where it is
 * only the title it is left out.
 */
export function WholeText({ message }: { message: MessageDetail }) {
  const t = useTranslations('inbox.detail')
  const { text, title, fields, changes } = message
  if (!text || text.trim() === title.trim()) return null
  if (fields.length + changes.length === 0) {
    return (
      <p className="text-lg break-words whitespace-pre-wrap">
        <Marked text={text} />
      </p>
    )
  }
  return (
    <details className="text-text-muted">
      <summary className="w-fit rounded-sm text-sm hover:text-text">{t('text')}</summary>
      <p className="mt-2 border-l-2 border-border pl-3 break-words whitespace-pre-wrap">
        <Marked text={text} />
      </p>
    </details>
  )
}
