'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { BrandMark } from '@/components/ui/brand-mark'
import { LanguageSwitch } from './language-switch'
import { Streams } from './streams'

/** The quiet page around signing in and setting up: the product's name, one line on what it is, one form. */
export function AuthFrame({
  title,
  text,
  children,
}: {
  title: string
  text?: ReactNode
  children: ReactNode
}) {
  const t = useTranslations('common')
  return (
    <div className="relative flex min-h-dvh flex-col overflow-hidden bg-background">
      <Streams />
      <main className="relative mx-auto flex w-full max-w-90 flex-1 flex-col justify-center px-5 py-10">
        <header className="mb-7 flex items-center gap-3">
          <BrandMark className="size-10" />
          <div>
            <p className="text-xl leading-tight font-semibold">{t('product')}</p>
            <p className="text-sm text-text-muted">{t('tagline')}</p>
          </div>
        </header>
        <section
          className="rounded-lg border border-border bg-surface p-5 sm:p-6"
          aria-labelledby="auth-title"
        >
          <h1 id="auth-title" className="text-lg font-semibold">
            {title}
          </h1>
          {text && <div className="mt-1 text-text-muted">{text}</div>}
          <div className="mt-5">{children}</div>
        </section>
      </main>
      <footer className="relative flex justify-center pb-6">
        <LanguageSwitch />
      </footer>
    </div>
  )
}
