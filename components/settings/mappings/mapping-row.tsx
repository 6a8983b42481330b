'use client'

import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { TableCell, TableRow } from '@/components/ui/table'
import { Tile } from '@/components/ui/tile'
import type { ConnectorCard } from '@/lib/contracts/connections'
import type { Mapping } from '@/lib/contracts/mappings'
import { tileOf } from '../connections/use-connections'
import { personKeys, personName } from './person-name'

type Props = {
  mapping: Mapping
  cards?: ConnectorCard[]
  onMap: () => void
  onUnmap: () => void
}

/** One person of a vendor's, and who that is here. */
export function MappingRow({ mapping, cards, onMap, onUnmap }: Props) {
  const t = useTranslations('settings.mappings')
  const { user, resolving, waiting } = mapping
  const name = personName(mapping)
  const actions = useKeptFocus(user !== null || resolving)
  const resolvingBadge = resolving && <Badge tone="accent">{t('resolving')}</Badge>
  const waitingBadge = waiting > 0 && <Badge tone="warning">{t('waitingCount', { count: waiting })}</Badge>
  return (
    <TableRow>
      <TableCell className="w-full sm:w-auto">
        <div className="flex items-start gap-2.5">
          <Tile {...tileOf(cards, mapping.connector)} className="mt-0.5" />
          <div className="min-w-0">
            <p className="font-medium break-words">{name}</p>
            <p className="text-sm wrap-anywhere text-text-muted">
              {[...personKeys(mapping), mapping.connectionName].join(' · ')}
            </p>
            {mapping.error && <p className="mt-0.5 text-sm text-danger">{mapping.error}</p>}
            <div className="mt-1 flex flex-wrap items-center gap-2 empty:hidden sm:hidden">
              {user && <span>{t('isUser', { name: user.name })}</span>}
              {resolvingBadge}
              {waitingBadge}
            </div>
          </div>
        </div>
      </TableCell>
      <TableCell className="hidden sm:table-cell">{waitingBadge}</TableCell>
      <TableCell className="hidden sm:table-cell">
        {user ? (
          <>
            <p className="flex flex-wrap items-center gap-x-2">
              {user.name}
              {resolvingBadge}
            </p>
            <p className="text-sm wrap-anywhere text-text-muted">{user.username}</p>
          </>
        ) : (
          resolvingBadge || <span className="text-text-faint">{t('nobody')}</span>
        )}
      </TableCell>
      <TableCell ref={actions} className="w-px text-right whitespace-nowrap">
        {user || resolving ? (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <IconButton label={t('actionsOf', { name })} tip={false}>
                <Ellipsis aria-hidden />
              </IconButton>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem onSelect={onMap}>{t('change')}</DropdownMenuItem>
              <DropdownMenuItem danger onSelect={onUnmap}>
                {t('unmap')}
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        ) : (
          <Button size="sm" onClick={onMap} aria-label={t('mapNamed', { name })}>
            {t('map')}
          </Button>
        )}
      </TableCell>
    </TableRow>
  )
}

/** The button that opened a dialog makes way for another once somebody is mapped; focus then goes to that one. */
function useKeptFocus(mapped: boolean) {
  const cell = useRef<HTMLTableCellElement>(null)
  const before = useRef(mapped)
  useEffect(() => {
    if (before.current === mapped) return
    before.current = mapped
    if (document.activeElement === document.body) cell.current?.querySelector('button')?.focus()
  }, [mapped])
  return cell
}
