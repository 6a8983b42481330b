'use client'

import { ChevronDown, Download, Upload } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
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
  const router = useRouter()
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          {t('title')}
          <ChevronDown className="text-text-faint" aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => router.push('/settings/mappings/import')}>
          <Upload aria-hidden />
          {t('import')}
        </DropdownMenuItem>
        {/* The answer is a file, so this page stays. */}
        <DropdownMenuItem onSelect={() => window.location.assign(exportMappings.path)}>
          <Download aria-hidden />
          {t('export')}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
