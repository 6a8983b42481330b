import { z } from 'zod'
import { CATEGORIES } from '@/lib/inbox/message'

/**
 * The setting behind a card's field of kind `forward`: which new messages are passed on, to which connection, and who
 * appears there as their sender. `ops` are the vendor's words for kinds of messages; without `ops` or `categories` all
 * of them go.
 */
export const forwardSetting = z.strictObject({
  connectionId: z.uuid(),
  ops: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
  categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
  senderLoginName: z.string().trim().min(1).max(200),
})
export type ForwardSetting = z.infer<typeof forwardSetting>
