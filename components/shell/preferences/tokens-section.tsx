'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { z } from 'zod'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { ErrorState } from '@/components/ui/error-state'
import { useErrorText } from '@/components/ui/error-text'
import { Skeleton } from '@/components/ui/skeleton'
import { deleteToken, type token as tokenShape } from '@/lib/contracts/auth'
import { call } from '@/lib/client/call'
import { exactTime, rowTime } from '@/lib/client/message-time'
import { queryKeys } from '@/lib/client/query-keys'
import { tokensQuery } from '@/lib/client/queries'
import { useTimes } from '../session-provider'
import { NewTokenDialog } from './new-token-dialog'
import { Section } from './section'

type Token = z.infer<typeof tokenShape>

/** The reader's own tokens, for their scripts. */
export function TokensSection() {
  const t = useTranslations('shell.preferences.tokens')
  const errorText = useErrorText()
  const tokens = useQuery(tokensQuery())
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState<Token | null>(null)
  return (
    <Section title={t('title')} help={t('help')}>
      {tokens.isPending && <Skeleton className="h-13 rounded-md" />}
      {tokens.isError && (
        <ErrorState
          className="py-4"
          title={t('failed')}
          detail={errorText(tokens.error)}
          onRetry={() => void tokens.refetch()}
          retrying={tokens.isFetching}
        />
      )}
      {tokens.data && tokens.data.length > 0 && (
        <ul className="border-t border-border">
          {tokens.data.map((token) => (
            <TokenLine key={token.id} token={token} onEnd={() => setEnding(token)} />
          ))}
        </ul>
      )}
      <Button onClick={() => setMaking(true)} className="w-fit">
        <Plus aria-hidden />
        {t('make')}
      </Button>
      <NewTokenDialog open={making} onClose={() => setMaking(false)} />
      <EndToken token={ending} onClose={() => setEnding(null)} />
    </Section>
  )
}

function TokenLine({ token, onEnd }: { token: Token; onEnd: () => void }) {
  const t = useTranslations('shell.preferences.tokens')
  const times = useTimes()
  const { name, createdAt, lastUsedAt, expiresAt } = token
  return (
    <li className="flex items-center gap-3 border-b border-border py-2">
      <KeyRound className="size-4 shrink-0 text-text-faint" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="text-sm text-text-muted" title={exactTime(createdAt, times)}>
          {t('created', { time: rowTime(createdAt, times) })}
          {' · '}
          {lastUsedAt ? t('used', { time: rowTime(lastUsedAt, times) }) : t('unused')}
          {expiresAt && ` · ${t('expires', { time: rowTime(expiresAt, times) })}`}
        </p>
      </div>
      <Button variant="dangerQuiet" size="sm" onClick={onEnd} aria-label={t('endNamed', { name })}>
        {t('end')}
      </Button>
    </li>
  )
}

function EndToken({ token, onClose }: { token: Token | null; onClose: () => void }) {
  const t = useTranslations('shell.preferences.tokens')
  const client = useQueryClient()
  const errorText = useErrorText()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (id: string) => call(deleteToken, { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.tokens })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open={token !== null}
      onOpenChange={() => {
        reset()
        onClose()
      }}
      title={t('endTitle', { name: token?.name ?? '' })}
      description={t('endText')}
      confirmLabel={t('end')}
      danger
      pending={isPending}
      error={error ? errorText(error) : undefined}
      onConfirm={() => token && mutate(token.id)}
    />
  )
}
