'use client'

import { ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Marked } from '../search/marked'

type Props = { changes: { label: string; from: string; to: string }[] }

/** What was changed: the old, crossed out, and the new. */
export function Changes({ changes }: Props) {
  const t = useTranslations('inbox.detail')
  if (changes.length === 0) return null
  return (
    <section aria-label={t('changes')}>
      <h3 className="mb-1 text-sm text-text-faint">{t('changes')}</h3>
      <dl className="grid grid-cols-[minmax(5rem,auto)_1fr] border-t border-border text-lg max-sm:text-base">
        {changes.map(({ label, from, to }, index) => (
          <div
            key={index}
            className="col-span-2 grid grid-cols-subgrid gap-x-6 border-b border-border py-2.5 sm:gap-x-8"
          >
            <dt className="max-w-44 break-words text-text-muted">
              <Marked text={label} />
            </dt>
            <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              <span className="sr-only">{t('from')} </span>
              {from ? (
                <del className="min-w-0 break-words text-text-muted decoration-text-faint">
                  <Marked text={from} />
                </del>
              ) : (
                <span className="text-text-faint">{t('nothing')}</span>
              )}
              <ArrowRight className="size-4 shrink-0 self-center text-text-faint" aria-hidden />
              <span className="sr-only">{t('to')} </span>
              {to ? (
                <ins className="min-w-0 font-medium break-words no-underline">
                  <Marked text={to} />
                </ins>
              ) : (
                <span className="text-text-faint">{t('nothing')}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
