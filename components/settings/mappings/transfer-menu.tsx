'use client'

import { ChevronDown, Download, Upload } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { exportMappings } from '@/lib/contracts/import'

/** Who is who as a file: in and out. */
export function TransferMenu() {
  const t = useTranslations('import.menu')
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          {t('title')}
          <ChevronDown className="text-text-faint" aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem asChild>
          <Link href="/settings/mappings/import">
            <Upload aria-hidden />
            {t('import')}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href={exportMappings.path} download>
            <Download aria-hidden />
            {t('export')}
          </a>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
