'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useSession } from '@/components/shell/session-provider'
import { ONE_PANE, useMedia } from '@/components/shell/use-media'
import { countOf } from '@/components/shell/views'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { Spinner } from '@/components/ui/spinner'
import { SnoozeDialog } from './acts/snooze-dialog'
import { isNarrowed, panelWordsIn } from './address/inbox-address'
import { BesidePane } from './detail/beside-pane'
import { KeysDialog } from './keys/keys-dialog'
import { useInboxKeys } from './keys/use-inbox-keys'
import { BulkBar } from './list/bulk-bar'
import { FilterChips } from './filter/filter-chips'
import { ListHeader } from './list/list-header'
import { ListFailed } from './list/list-failed'
import { ListEmpty, ListSkeleton } from './list/list-states'
import { MessageList } from './list/message-list'
import { OutageNotice } from './list/outage-notice'
import { FoundStatus } from './search/found-status'
import { SearchMarks } from './search/marked'
import { SearchEmpty } from './search/search-empty'
import { SearchField } from './search/search-field'
import { useSearchField } from './search/use-search-field'
import type { RowAct } from './row/row-actions'
import { useInbox, type Inbox } from './use-inbox'
import { useListWords } from './use-list-words'

const ROW_WISHES = { done: 'done', star: 'star', snooze: 'snooze', read: 'toggleRead' } as const

/** The page of pages: the list, and beside it what is opened of it. */
export function InboxPage() {
  const inbox = useInbox()
  const [keysOpen, setKeysOpen] = useState(false)
  const search = useSearchField(inbox)
  const run = useInboxKeys(inbox, { onHelp: () => setKeysOpen(true), onSearch: search.enter })
  const { address, filter, picked, counts, cards } = inbox
  const { title, known } = useListWords(address, inbox.messages, cards)
  const covered = useMedia(ONE_PANE) && inbox.opened !== null

  return (
    <SearchMarks q={address.q}>
      <div className="relative flex h-full">
        <section
          aria-label={title}
          inert={covered}
          className="flex min-w-0 flex-1 flex-col bg-surface min-[960px]:max-w-[520px] min-[960px]:min-w-[360px] min-[960px]:flex-[0_1_44%] min-[960px]:border-r min-[960px]:border-border min-[1200px]:min-w-[420px]"
        >
          <ListHeader
            title={title}
            count={isNarrowed(address) || address.q ? null : countOf(address.view, counts)}
            canReadAll={inbox.canReadAll}
            onReadAll={inbox.readAll}
            onKeys={() => setKeysOpen(true)}
            searchOpen={search.open}
            onSearch={search.enter}
            onSearchEnd={search.end}
            search={
              <SearchField
                field={search.field}
                q={address.q}
                onSearch={inbox.search}
                onResults={search.toResults}
                onLeave={search.leave}
                className={cn(!search.open && 'max-md:hidden')}
              />
            }
          >
            {picked.ids.size > 0 ? (
              <BulkBar
                count={picked.ids.size}
                total={inbox.order.length}
                inDone={filter.view === 'done'}
                onAll={inbox.pickAll}
                onNone={inbox.pickNone}
                onCommand={run}
              />
            ) : (
              <FilterChips
                address={address}
                cards={cards}
                known={known}
                onNarrow={inbox.narrow}
                onClear={inbox.clearPanel}
              />
            )}
          </ListHeader>
          <OutageNotice counts={counts} />
          <FoundStatus inbox={inbox} />
          <ListBody inbox={inbox} title={title} />
        </section>
        <BesidePane inbox={inbox} />
        <SnoozeDialog
          ids={inbox.snoozing}
          onClose={() => inbox.setSnoozing(null)}
          onSnooze={(ids, until) => {
            inbox.setSnoozing(null)
            inbox.act({ action: 'snooze', until }, ids)
          }}
        />
        <KeysDialog open={keysOpen} onOpenChange={setKeysOpen} />
      </div>
    </SearchMarks>
  )
}

/** Rows, or what stands in their place. */
function ListBody({ inbox, title }: { inbox: Inbox; title: string }) {
  const { density } = useSession().preferences
  const { list, filter, wish } = inbox
  const { query } = list
  if (!query.data && query.errorUpdateCount > 0) return <ListFailed query={query} />
  if (query.isPending) return <ListSkeleton density={density} />
  if (inbox.messages.length === 0) return <Nothing inbox={inbox} />
  return (
    <MessageList
      name={inbox.name}
      label={title}
      view={filter.view ?? 'inbox'}
      messages={inbox.messages}
      watermark={list.watermark}
      sources={inbox.sources}
      density={density}
      complete={!query.hasNextPage}
      outdated={query.isPlaceholderData}
      activeId={inbox.cursor.activeId}
      openedId={inbox.opened}
      picked={inbox.picked.ids}
      focusTick={inbox.cursor.tick}
      onEnd={list.onEnd}
      onSeen={inbox.onSeen}
      onOpen={inbox.open}
      onPick={inbox.pick}
      onAct={(id: string, act: RowAct) => wish(ROW_WISHES[act], [id])}
      foot={<Foot query={query} />}
    />
  )
}

/** Why there is nothing, and what next. */
function Nothing({ inbox }: { inbox: Inbox }) {
  const { address, counts } = inbox
  if (address.q) {
    return (
      <SearchEmpty
        address={address}
        onNarrow={inbox.narrow}
        onWiden={inbox.widen}
        onClear={() => inbox.search(null)}
      />
    )
  }
  // A source, opened whole, is a view of its own.
  const narrowed = address.view === 'inbox' ? panelWordsIn(address).length > 0 : isNarrowed(address)
  const unmapped = counts?.connections.length === 0
  return <ListEmpty view={address.view} narrowed={narrowed} unmapped={unmapped} onWiden={inbox.widen} />
}

function Foot({ query }: { query: Inbox['list']['query'] }) {
  const t = useTranslations('inbox.list')
  if (query.isFetchNextPageError) {
    return (
      <span className="flex items-center gap-2">
        {t('moreFailed')}
        <Button size="sm" variant="link" onClick={() => void query.fetchNextPage()}>
          {t('moreRetry')}
        </Button>
      </span>
    )
  }
  if (query.hasNextPage) return <Spinner label={t('loadingMore')} />
  return t('end')
}
