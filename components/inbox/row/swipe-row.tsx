'use client'

import { Check, Clock3 } from 'lucide-react'
import { useRef, useState, type MouseEvent, type PointerEvent, type ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'
import { swipeAfter, swipeOffset, swipeResult, type Swipe } from './swipe'

type Props = { onDone: () => void; onSnooze: () => void; children: ReactNode }

/** A row under a finger: to the right it is done, to the left it is snoozed. Mice and keys have their buttons. */
export function SwipeRow({ onDone, onSnooze, children }: Props) {
  const [dx, setDx] = useState(0)
  const finger = useRef<{ x: number; y: number; swipe: Swipe } | null>(null)
  const swiped = useRef(false)
  const result = swipeResult(dx)

  const down = (event: PointerEvent) => {
    swiped.current = false
    if (event.pointerType !== 'touch') return
    finger.current = { x: event.clientX, y: event.clientY, swipe: 'undecided' }
  }
  const move = (event: PointerEvent<HTMLElement>) => {
    const start = finger.current
    if (!start || start.swipe === 'scrolls') return
    const moved = event.clientX - start.x
    if (start.swipe === 'undecided') {
      start.swipe = swipeAfter(moved, event.clientY - start.y)
      if (start.swipe === 'swipes') event.currentTarget.setPointerCapture(event.pointerId)
    }
    if (start.swipe === 'swipes') setDx(moved)
  }
  const up = () => {
    if (finger.current?.swipe === 'swipes') {
      swiped.current = true
      if (result === 'done') onDone()
      if (result === 'snooze') onSnooze()
    }
    cancel()
  }
  const cancel = () => {
    finger.current = null
    setDx(0)
  }
  // Letting go of a swiped row is no tap on it.
  const click = (event: MouseEvent) => {
    if (!swiped.current) return
    swiped.current = false
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      className="relative h-full touch-pan-y"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={cancel}
      onClickCapture={click}
    >
      {dx !== 0 && (
        <div
          aria-hidden
          className={cn(
            'absolute inset-0 flex items-center px-6 [&_svg]:size-5',
            dx > 0 ? 'justify-start' : 'justify-end',
            result ? 'bg-accent text-accent-text' : 'bg-hover text-text-muted',
          )}
        >
          {dx > 0 ? <Check /> : <Clock3 />}
        </div>
      )}
      <div
        className={cn('h-full', dx === 0 && 'transition-transform duration-150')}
        style={dx === 0 ? undefined : { transform: `translateX(${swipeOffset(dx)}px)` }}
      >
        {children}
      </div>
    </div>
  )
}
