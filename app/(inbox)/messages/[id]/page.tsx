import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { MessagePage } from '@/components/inbox/detail/message-page'
import { pageTitle } from '../../../page-title'
import { forReaders } from '../../guard'

export const generateMetadata = (): Promise<Metadata> => pageTitle((texts) => texts.inbox.detail.label)

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!/^\d{1,19}$/.test(id)) notFound()
  await forReaders(`/messages/${id}`)
  return <MessagePage key={id} id={id} />
}
