import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { localeOf } from '@/lib/http/locale'
import { messagesFor, type Messages } from '@/messages'

/** A page's title in the reader's language; the layout adds the product's name. */
export async function pageTitle(pick: (texts: Messages) => string): Promise<Metadata> {
  return { title: pick(messagesFor(localeOf(await headers()))) }
}
