'use client'

import { Ellipsis } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/class-names'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { TableCell, TableRow } from '@/components/ui/table'
import { TimeText } from '../time-text'
import type { User } from '@/lib/contracts/users'

export type UserAct = 'edit' | 'password' | 'disable'

/** One employee and what can be done about them. */
export function UserRow({ user, onAct }: { user: User; onAct: (act: UserAct) => void }) {
  const t = useTranslations('settings.people')
  const names = user.connections.map(({ name }) => name)
  const connections = useFormatter().list(names, { type: 'conjunction', style: 'narrow' })
  return (
    <TableRow>
      <TableCell>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className={cn('font-medium break-words', user.disabled && 'text-text-muted')}>
            {user.name}
          </span>
          {user.role === 'admin' && <Badge tone="accent">{t('role.admin')}</Badge>}
          {user.disabled && <Badge>{t('disabled')}</Badge>}
        </p>
        <p className="text-sm wrap-anywhere text-text-muted">
          {[user.username, user.email].filter(Boolean).join(' · ')}
        </p>
        {connections && <p className="text-sm text-text-muted sm:hidden">{connections}</p>}
      </TableCell>
      <TableCell className="hidden sm:table-cell">
        {connections || <span className="text-text-faint">{t('noConnections')}</span>}
      </TableCell>
      <TableCell className="hidden whitespace-nowrap text-text-muted sm:table-cell">
        {user.lastSeenAt ? <TimeText value={user.lastSeenAt} /> : t('neverSeen')}
      </TableCell>
      <TableCell className="w-px text-right">
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <IconButton label={t('actionsOf', { name: user.name })} tip={false}>
              <Ellipsis aria-hidden />
            </IconButton>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="end">
            <DropdownMenuItem onSelect={() => onAct('edit')}>{t('edit')}</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => onAct('password')}>{t('resetPassword')}</DropdownMenuItem>
            <DropdownMenuSeparator />
            <DropdownMenuItem danger={!user.disabled} onSelect={() => onAct('disable')}>
              {user.disabled ? t('enable.action') : t('disable.action')}
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      </TableCell>
    </TableRow>
  )
}
