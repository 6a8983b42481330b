import { wakeSnoozed } from '@/lib/inbox/acts/wake-snoozed'
import type { Tasks } from '@/lib/platform/queue'
import { distributeRest } from './forwarding/forward-rule'
import { pushForwards } from './forwarding/push-forwards'
import { pushOutbox } from './polling/push-outbox'

/** What the queue's jobs do. */
export const tasks: Tasks = {
  'push-outbox': ({ personId }) => pushOutbox(personId!),
  'push-forwards': ({ connectionId }) => pushForwards(connectionId!),
  distribute: ({ deliveryId, forwardFrom }) => distributeRest(deliveryId!, forwardFrom),
  'wake-snoozed': ({ userId }) => wakeSnoozed(userId!),
}
