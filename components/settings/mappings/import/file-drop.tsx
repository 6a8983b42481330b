'use client'

import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'

type Props = { onFile: (file: File) => void; disabled?: boolean; children: ReactNode }

/** A place to drop a file on, which is also the button to choose one by. */
export function FileDrop({ onFile, disabled = false, children }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (file: File | undefined) => {
    if (file && !disabled) onFile(file)
  }
  const hover = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    <>
      <button
        type="button"
        disabled={disabled}
        onClick={() => input.current?.click()}
        onDragOver={(event) => hover(event, true)}
        onDragLeave={(event) => hover(event, false)}
        onDrop={(event) => {
          hover(event, false)
          take(event.dataTransfer.files[0])
        }}
        className={cn(
          'flex min-h-40 w-full flex-col items-center justify-center gap-1.5 rounded-lg border border-dashed border-control px-4 py-8 text-center transition-colors',
          'hover:border-text-faint hover:bg-hover disabled:cursor-wait',
          over && 'border-accent bg-accent-soft',
        )}
      >
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        tabIndex={-1}
        aria-hidden
        className="hidden"
        onChange={(event) => {
          take(event.target.files?.[0])
          // Choosing the same file once more, mended, must count as well.
          event.target.value = ''
        }}
      />
    </>
  )
}
