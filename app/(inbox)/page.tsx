import type { Metadata } from 'next'
import { InboxPage } from '@/components/inbox/inbox-page'
import { pageTitle } from '../page-title'
import { forReaders } from './guard'

export const generateMetadata = (): Promise<Metadata> => pageTitle((texts) => texts.shell.nav)

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Page({ searchParams }: Props) {
  const words = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one ?? '']),
    ),
  )
  await forReaders(words.size > 0 ? `/?${words}` : '/')
  return <InboxPage />
}
