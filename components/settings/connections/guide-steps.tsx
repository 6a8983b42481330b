'use client'

import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'
import type { ConnectorCard } from '@/lib/contracts/connections'

export type GuideStep = ConnectorCard['guide'][number]

type Props = {
  card: ConnectorCard
  /** What belongs to a step: an address to copy, a field, a check. */
  contents?: (step: GuideStep, index: number) => ReactNode
  isDone?: (step: GuideStep) => boolean
  /** The steps' place under the headings around them. */
  heading?: 'h2' | 'h3'
}

/** The vendor's own steps, in the vendor's own order, as its card tells them. */
export function GuideSteps({ card, contents, isDone, heading: Heading = 'h3' }: Props) {
  return (
    <ol className="flex flex-col">
      {card.guide.map((step, index) => {
        const done = isDone?.(step) ?? false
        return (
          <li key={step.id} className="group relative flex gap-3 pb-6 last:pb-0">
            <span
              aria-hidden
              className="absolute top-7 bottom-1 left-3 w-px -translate-x-1/2 bg-border group-last:hidden"
            />
            <span
              aria-hidden
              className={cn(
                'flex size-6 shrink-0 items-center justify-center rounded-full text-xs font-medium tabular-nums',
                done ? 'bg-success-soft text-success' : 'bg-hover text-text-muted',
              )}
            >
              {done ? <Check className="size-3.5 stroke-3" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1 pt-0.5">
              <Heading className="font-medium">{step.title}</Heading>
              <p className="mt-0.5 break-words text-text-muted">{step.text}</p>
              {step.picture && (
                // The pictures are part of the program, small, and of unknown size here.
                // eslint-disable-next-line @next/next/no-img-element
                <img
                  src={step.picture}
                  alt={step.title}
                  className="mt-2 w-80 max-w-full rounded-md border border-border dark:brightness-80"
                />
              )}
              {contents?.(step, index)}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
