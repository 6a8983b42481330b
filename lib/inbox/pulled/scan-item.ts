import type { Content } from '../message'

/** One message of a listing, as it is to be brought into the inbox. */
export type ScanItem = {
  externalId: string
  read: boolean
  content: Content
  hasLink: boolean
  /** What may be the token of a message that was forwarded from here. */
  echo?: string | null
}
