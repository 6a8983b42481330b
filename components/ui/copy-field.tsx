'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from './button'
import { cn } from './class-names'
import { Input } from './input'

/** A text to be taken elsewhere: selected by a click, copied by the button. */
export function CopyField({ value, label, className }: { value: string; label: string; className?: string }) {
  const t = useTranslations('common.action')
  const input = useRef<HTMLInputElement>(null)
  const { copied, copy } = useCopy(value, () => input.current?.select())
  return (
    <div className={cn('flex gap-2', className)}>
      <Input
        ref={input}
        readOnly
        value={value}
        aria-label={label}
        onFocus={(event) => event.target.select()}
        className="font-mono text-sm"
      />
      <Button onClick={copy} className="h-9 min-w-20 pointer-coarse:h-11">
        {copied ? <Check className="text-success" aria-hidden /> : <Copy aria-hidden />}
        <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
      </Button>
    </div>
  )
}

/** Copies a text and says so for two seconds; where the clipboard is closed (plain http), selects it instead. */
export function useCopy(value: string, select: () => void) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  /** Says whether it was copied. */
  const copy = async (): Promise<boolean> => {
    const done = await toClipboard(value, select)
    setCopied(done)
    return done
  }
  return { copied, copy }
}

async function toClipboard(value: string, select: () => void): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value)
    return true
  } catch {
    select()
    // The old way still works on pages that are not https.
    return document.execCommand('copy')
  }
}
