'use client'

import { LogOut, Settings, SlidersHorizontal } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { useSession } from './session-provider'
import { useSignOut } from './use-sign-out'

/** The reader's name, and behind it what is theirs to set. */
export function UserMenu() {
  const { name, username, role } = useSession()
  const t = useTranslations('shell.user')
  const signOut = useSignOut()
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t('menu', { name })}
        className="flex h-10 w-full items-center justify-center gap-2.5 rounded-md px-1 text-left transition-colors duration-[120ms] hover:bg-hover data-[state=open]:bg-hover min-[1200px]:justify-start min-[1200px]:px-2"
      >
        <span
          aria-hidden
          className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
        >
          {[...name][0]}
        </span>
        <span className="min-w-0 flex-1 truncate max-[1199.98px]:hidden">{name}</span>
        <Settings className="size-4 text-text-faint max-[1199.98px]:hidden" aria-hidden />
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start" className="w-52">
        <p className="truncate px-2 pt-1 pb-1.5 text-sm text-text-faint">{username}</p>
        <DropdownMenuItem asChild>
          <Link href="/preferences">
            <SlidersHorizontal aria-hidden />
            {t('preferences')}
          </Link>
        </DropdownMenuItem>
        {role === 'admin' && (
          <DropdownMenuItem asChild>
            <Link href="/settings/connections">
              <Settings aria-hidden />
              {t('settings')}
            </Link>
          </DropdownMenuItem>
        )}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={signOut}>
          <LogOut aria-hidden />
          {t('signOut')}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
