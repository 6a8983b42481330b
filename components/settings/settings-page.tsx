import type { ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'

type Props = {
  title: ReactNode
  /** One or two sentences on what the page is for. */
  text?: ReactNode
  action?: ReactNode
  /** Over the title: the way back from a page within a page. */
  back?: ReactNode
  /** Beside the one column of 640 px where there is room, over it where there is none. */
  aside?: ReactNode
  /** Tables need more than that column. */
  wide?: boolean
  children: ReactNode
}

/** A settings page: its heading and its one column. */
export function SettingsPage({ title, text, action, back, aside, wide, children }: Props) {
  return (
    <div className={cn('mx-auto w-full max-w-160', wide && 'max-w-220', aside && 'xl:max-w-252')}>
      {back}
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="text-xl font-semibold break-words">{title}</h1>
          {text && <div className="mt-1 text-text-muted">{text}</div>}
        </div>
        {action}
      </header>
      {aside ? (
        <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_19rem] xl:gap-12">
          <aside className="xl:order-1">{aside}</aside>
          <div>{children}</div>
        </div>
      ) : (
        children
      )}
    </div>
  )
}
