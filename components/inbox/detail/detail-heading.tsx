'use client'

import { useTranslations } from 'next-intl'
import { useTimes } from '@/components/shell/session-provider'
import { Badge } from '@/components/ui/badge'
import { Tile } from '@/components/ui/tile'
import type { ConnectorCard } from '@/lib/contracts/connections'
import type { Message } from '@/lib/contracts/messages'
import { comingTime, exactTime, fullTime } from '@/lib/client/message-time'
import { isAsleep } from '../acts/act-for'
import { MARK_TONES, rowMarks } from '../row/row-marks'
import { rowText } from '../row/row-text'
import { Marked } from '../search/marked'

type Props = { id: string; message: Message; card: ConnectorCard | undefined }

/** What it is and where it comes from. Led by what the row was led by, so that it is known again. */
export function DetailHeading({ id, message, card }: Props) {
  const t = useTranslations('inbox')
  const times = useTimes()
  const { first, second } = rowText(message)
  const leads = first !== message.title.replace(/\s+/g, ' ').trim()
  const { subtitle, sender, connectionName, doneAt, doneBy, count } = message
  const source = card && card.name !== connectionName ? `${card.name} · ${connectionName}` : connectionName
  const about = [leads ? null : subtitle, sender].filter(Boolean).join(' · ')
  const marks = rowMarks(message, '', times.now)
  const asleep = isAsleep(message, times.now)
  return (
    <header className="flex flex-col gap-2">
      <h2 id={id} className="text-xl font-semibold break-words">
        <Marked text={first} />
      </h2>
      {leads && (
        <p className="text-lg break-words text-text-muted">
          <Marked text={second} />
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-text-muted">
        {card && <Tile letter={card.tile.letter} hue={card.tile.hue} name="" />}
        <span>
          {source}
          {about && <Marked text={` · ${about}`} />}
        </span>
        <span aria-hidden>·</span>
        <time dateTime={message.sentAt} title={exactTime(message.sentAt, times)} className="tabular-nums">
          {fullTime(message.sentAt, times)}
        </time>
        {marks.map((mark) => (
          <Badge key={mark} tone={MARK_TONES[mark]}>
            {t(`mark.${mark}`)}
          </Badge>
        ))}
        {count !== null && count > 1 && <Badge>{t('row.count', { count })}</Badge>}
        {doneAt && <Badge>{t(doneBy === 'source' ? 'detail.doneBySource' : 'detail.done')}</Badge>}
        {asleep && message.snoozedUntil && (
          <Badge>{t('detail.snoozed', { time: comingTime(message.snoozedUntil, times) })}</Badge>
        )}
      </div>
    </header>
  )
}
