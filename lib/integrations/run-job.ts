import { wakeSnoozed } from '@/lib/inbox/acts/wake-snoozed'
import { distribute } from '@/lib/inbox/intake/store-push'
import type { Tasks } from '@/lib/platform/queue'
import { pushOutbox } from './polling/push-outbox'

/** What the queue's jobs do. */
export const tasks: Tasks = {
  'push-outbox': ({ personId }) => pushOutbox(personId!),
  distribute: ({ deliveryId }) => distribute(deliveryId!),
  'wake-snoozed': ({ userId }) => wakeSnoozed(userId!),
}
