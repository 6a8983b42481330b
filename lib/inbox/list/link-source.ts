import { AppError } from '@/lib/shared/errors'
import { bigintText } from '../bigint-text'
import { selectLink } from './link-store'

/** What the original of the user's message is opened by: unchecked, as the vendor sent it. */
export async function linkSourceOf(userId: string, id: string) {
  const source = await selectLink(userId, bigintText(id))
  if (!source) throw new AppError('not_found')
  return source
}
