'use client'

import { ChevronDown, KeyRound, UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { useErrorText } from '@/components/ui/error-text'
import { Notice } from '@/components/ui/notice'
import type { Connection } from '@/lib/contracts/connections'
import { useConnectors } from '../connections/use-connections'
import type { ImportingMembers } from './use-import-members'

/**
 * Imports the members of a connection whose system can list them: of the chosen one, else of one of them. One that
 * still lacks its key leads to its settings.
 * @param chosen id of the connection that the list is filtered by, or ''
 */
export function ImportMembers({
  connections,
  chosen,
  importing,
}: {
  connections: Connection[]
  chosen: string
  importing: ImportingMembers
}) {
  const t = useTranslations('settings.mappings.members')
  const router = useRouter()
  const { data: cards, isPending } = useConnectors()
  const able = connections.filter(
    ({ connector, canImportPeople }) =>
      canImportPeople || cards?.some((card) => card.connector === connector && card.directory),
  )
  const offered = chosen ? able.filter(({ id }) => id === chosen) : able
  const [first, ...others] = offered
  if (!first || isPending) return null
  if (others.length === 0 && first.canImportPeople) {
    return (
      <Button loading={importing.isPending} onClick={() => importing.mutate(first)}>
        <UsersRound aria-hidden />
        {t('import')}
      </Button>
    )
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button loading={importing.isPending}>
          {t('import')}
          <ChevronDown className="text-text-faint" aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {offered.map((one) => (
          <DropdownMenuItem
            key={one.id}
            onSelect={() =>
              one.canImportPeople ? importing.mutate(one) : router.push(`/settings/connections/${one.id}`)
            }
          >
            {one.canImportPeople ? <UsersRound aria-hidden /> : <KeyRound aria-hidden />}
            {t(one.canImportPeople ? 'from' : 'needsKey', { connection: one.name })}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

/** What became of the import: under way, done, or why not. */
export function ImportedMembers({ importing }: { importing: ImportingMembers }) {
  const t = useTranslations('settings.mappings.members')
  const textOf = useErrorText()
  const connection = importing.variables?.name ?? ''
  if (importing.isIdle) return null
  return (
    <div className="mb-3">
      {importing.isPending ? (
        <Notice>{t('running', { connection })}</Notice>
      ) : importing.error ? (
        <Notice tone="danger">{t('failed', { connection, reason: textOf(importing.error) })}</Notice>
      ) : (
        importing.data && <Notice>{t('done', { connection, ...importing.data })}</Notice>
      )}
    </div>
  )
}
