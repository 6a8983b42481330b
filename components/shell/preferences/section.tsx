'use client'

import { useId, type ReactNode } from 'react'

type Props = { title: string; help?: string; children: ReactNode }

/** One matter of the preferences. */
export function Section({ title, help, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 border-b border-border py-6 last:border-b-0">
      <div>
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {help && <p className="text-text-muted">{help}</p>}
      </div>
      {children}
    </section>
  )
}
