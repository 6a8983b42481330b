import { z } from 'zod'
import { cursor, flag, idText, numberText, operation, time } from './operation'

export const category = z.enum(['todo', 'cc', 'reminder', 'alert', 'notice', 'result'])
export const view = z.enum(['inbox', 'todo', 'unread', 'all', 'cc', 'starred', 'snoozed', 'done'])
export const sync = z.enum(['none', 'pending', 'synced', 'failed'])

export const message = z.object({
  id: z.string(),
  connector: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  category,
  type: z.string(),
  action: z.string().nullable(),
  title: z.string(),
  /** The title is the vendor's standing text: lead with `subtitle` and `lead`. */
  plainTitle: z.boolean(),
  /** The first field values, at most three, for the first line of a row. */
  lead: z.array(z.string()),
  subtitle: z.string().nullable(),
  preview: z.string().nullable(),
  sender: z.string().nullable(),
  sentAt: time,
  receivedAt: time,
  readAt: time.nullable(),
  doneAt: time.nullable(),
  doneBy: z.enum(['user', 'source']).nullable(),
  starredAt: time.nullable(),
  snoozedUntil: time.nullable(),
  sync,
  urgent: z.boolean(),
  /** Urged or overdue, as far as its pushes say. */
  marks: z.array(z.enum(['urge', 'timeout'])),
  count: z.number().int().nullable(),
  threadId: z.string(),
  threadCount: z.number().int(),
  hasLink: z.boolean(),
  openType: z.enum(['window', 'workarea']).nullable(),
})
export type Message = z.infer<typeof message>

export const messageEvent = z.object({
  at: time,
  /** received, urged, overdue, settled, passed on, or an act of the user. */
  what: z.enum([
    'received',
    'urged',
    'overdue',
    'settled',
    'read',
    'readAtSource',
    'unread',
    'done',
    'undone',
    'star',
    'unstar',
    'snooze',
    'unsnooze',
    'undo',
    'synced',
    'syncFailed',
    'readThere',
    'syncedThere',
    'forwarded',
    'forwardUnclear',
    'forwardRefused',
  ]),
  title: z.string().optional(),
  action: z.string().nullable().optional(),
  /** The other connection it is about, by name: the message was passed on to it. */
  connection: z.string().optional(),
  /** Why it was refused, or is not known. */
  detail: z.string().optional(),
})

export const messageDetail = message.extend({
  text: z.string().nullable(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  changes: z.array(z.object({ label: z.string(), from: z.string(), to: z.string() })),
  events: z.array(messageEvent),
  /** Why telling the vendor failed, in the reader's language. */
  syncError: z.string().nullable(),
})
export type MessageDetail = z.infer<typeof messageDetail>

const words = {
  view: view.optional(),
  connector: z.string().max(50).optional(),
  connection: z.uuid().optional(),
  type: z.string().max(100).optional(),
  category: category.optional(),
  form: z.string().max(300).optional(),
  sender: z.string().max(200).optional(),
  thread: z.uuid().optional(),
  after: time.optional(),
  before: time.optional(),
  /** Words that all must be found in title, text, form or sender; also `from:` `form:` `before:` `after:` `is:`. */
  q: z.string().max(200).optional(),
}

/** The list's words in a JSON body. */
export const messageFilter = z.strictObject({ ...words, urgent: z.boolean().optional() })
export type MessageFilter = z.infer<typeof messageFilter>

export const listMessages = operation({
  id: 'listMessages',
  method: 'GET',
  path: '/api/v1/messages',
  who: 'user',
  tag: 'messages',
  summary: 'The caller’s messages, newest first',
  query: z.strictObject({
    ...words,
    urgent: flag.optional(),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({
    items: z.array(message),
    nextCursor: z.string().nullable(),
    /** The inbox's number as of this answer, for `through`. */
    watermark: z.string(),
  }),
})

export const viewCounts = z.object({
  todo: z.number().int(),
  unread: z.number().int(),
  cc: z.number().int(),
  starred: z.number().int(),
  snoozed: z.number().int(),
  done: z.number().int(),
})

export const countMessages = operation({
  id: 'countMessages',
  method: 'GET',
  path: '/api/v1/messages/counts',
  who: 'user',
  tag: 'messages',
  summary: 'How many messages each view holds; by connector and connection, the unread ones',
  answer: z.object({
    views: viewCounts,
    unread: z.number().int(),
    todo: z.number().int(),
    byConnector: z.record(z.string(), z.number().int()),
    byConnection: z.record(z.string(), z.number().int()),
    /** Where the caller's messages come from: connections they are mapped in or have messages of. */
    connections: z.array(
      z.object({
        id: z.string(),
        connector: z.string(),
        name: z.string(),
        /** Since when it cannot be reached; new messages come late until it can be. */
        failingSince: time.nullable(),
      }),
    ),
  }),
})
export type Counts = z.infer<typeof countMessages.answer>

const params = z.object({ id: idText })

export const getMessage = operation({
  id: 'getMessage',
  method: 'GET',
  path: '/api/v1/messages/{id}',
  who: 'user',
  tag: 'messages',
  summary: 'One message whole',
  params,
  answer: messageDetail,
  errors: ['not_found'],
})

export const openMessage = operation({
  id: 'openMessage',
  method: 'GET',
  path: '/api/v1/messages/{id}/open',
  who: 'user',
  tag: 'messages',
  summary: 'Goes to the original; marks read unless the preference is "by hand"',
  params,
  status: 303,
  produces: 'html',
  errors: ['not_found', 'no_link', 'source_unavailable'],
})

export const actionKind = z.enum([
  'read',
  'unread',
  'done',
  'undone',
  'star',
  'unstar',
  'snooze',
  'unsnooze',
  'retry',
])
export type ActionKind = z.infer<typeof actionKind>

export const actOnMessages = operation({
  id: 'actOnMessages',
  method: 'POST',
  path: '/api/v1/messages/actions',
  who: 'user',
  tag: 'messages',
  summary: 'Marks messages, by ids or by filter up to a watermark',
  body: z
    .strictObject({
      action: actionKind,
      ids: z.array(idText).min(1).max(1000).optional(),
      filter: messageFilter.optional(),
      through: numberText.optional(),
      /** When a snoozed message comes back. */
      until: time.optional(),
    })
    .superRefine((body, ctx) => {
      const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
      if (!body.ids && !body.filter) issue('ids', 'ids or filter')
      if (body.ids && body.filter) issue('filter', 'ids or filter, not both')
      if (body.filter && !body.through) issue('through', 'required with filter')
      if (body.action === 'snooze' && !body.until) issue('until', 'required with snooze')
    }),
  answer: z.object({ changed: z.number().int(), undo: z.string().nullable() }),
  errors: ['invalid_input'],
})

export const undoAction = operation({
  id: 'undoAction',
  method: 'POST',
  path: '/api/v1/messages/undo',
  who: 'user',
  tag: 'messages',
  summary: 'Takes an act back within 10 seconds',
  body: z.strictObject({ undo: z.string().min(1).max(100) }),
  answer: z.object({ changed: z.number().int() }),
  errors: ['undo_expired'],
})

/** Data of `message.new` and `message.changed`; empty `ids`: more than can be named, read anew. */
export const liveEvent = z.object({
  ids: z.array(z.string()),
  count: z.number().int(),
  watermark: z.string(),
  /** Delivered after waiting: one notice for all. */
  summary: z.boolean().optional(),
})
export type LiveEvent = z.infer<typeof liveEvent>

export const streamEvents = operation({
  id: 'streamEvents',
  method: 'GET',
  path: '/api/v1/events',
  who: 'user',
  tag: 'messages',
  summary: 'Server-sent events: message.new, message.changed, counts, resync',
  /** Where to go on from without a `Last-Event-ID`: the watermark of the list that the page shows. */
  query: z.strictObject({
    since: numberText.optional(),
  }),
  produces: 'stream',
})
