'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Skeleton } from '@/components/ui/skeleton'

type Props = {
  leading?: ReactNode
  /** Only what stands under the title. */
  body?: boolean
}

/** A message to come. */
export function DetailSkeleton({ leading, body = false }: Props) {
  const t = useTranslations('common.state')
  const lines = (
    <div className="flex flex-col gap-3">
      <Skeleton className="h-4 w-72 max-w-full" />
      <Skeleton className="h-4 w-60 max-w-full" />
      <Skeleton className="h-4 w-80 max-w-full" />
    </div>
  )
  if (body) return lines
  return (
    <div role="status" className="flex h-full flex-col">
      <span className="sr-only">{t('loading')}</span>
      <div className="shrink-0 border-b border-border">
        <div className="mx-auto flex h-14 max-w-190 items-center gap-2 px-3 md:px-8">
          {leading}
          <Skeleton className="h-8 w-32 rounded-md" />
          <Skeleton className="h-8 w-16 rounded-md" />
        </div>
      </div>
      <div className="mx-auto flex w-full max-w-190 flex-col gap-6 px-5 pt-5 md:px-8">
        <div className="flex flex-col gap-3">
          <Skeleton className="h-6 w-80 max-w-full" />
          <Skeleton className="h-4 w-56 max-w-full" />
        </div>
        {lines}
      </div>
    </div>
  )
}
