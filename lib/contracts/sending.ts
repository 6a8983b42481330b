import { z } from 'zod'
import { username } from './auth'
import { operation } from './operation'

/** How many people one call may send to, and how long its text may be. */
export const MOST_RECEIVERS = 200
export const MOST_CHARACTERS = 1000

const httpUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((text) => {
    const url = new URL(text)
    return url.username === '' && url.password === ''
  })

export const sendState = z.enum(['sent', 'refused', 'unclear', 'not_mapped', 'not_sent'])
export type SendState = z.infer<typeof sendState>

export const sendMessage = operation({
  id: 'sendMessage',
  method: 'POST',
  path: '/api/v1/admin/connections/{id}/send',
  who: 'admin',
  tag: 'admin',
  summary: 'Sends a message into the system; `unclear` may have arrived, so repeating it may make two',
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({
    users: z.array(username).min(1).max(MOST_RECEIVERS),
    text: z.string().trim().min(1).max(MOST_CHARACTERS),
    url: httpUrl.optional(),
  }),
  answer: z.object({
    /** One per receiver, in the order of the request; one named twice is one. */
    result: z.array(z.object({ username: z.string(), state: sendState, detail: z.string().nullable() })),
  }),
  errors: ['not_found', 'conflict', 'invalid_input'],
})
export type SendOutcome = z.infer<typeof sendMessage.answer>['result'][number]
