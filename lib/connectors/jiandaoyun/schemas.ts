import { z } from 'zod'

/**
 * The wire shape of a push (open/11497, section 3), read as leniently as it can be shown: only the envelope can
 * fail. What the vendor may add is ignored.
 */

/** A text of the vendor: numbers by their digits, true and false by name; anything else is none. */
export const text = z
  .union([z.string(), z.number().transform(String), z.boolean().transform(String)])
  .nullable()
  .catch(null)

export const pushData = z.object({
  /** Undefined where the push has none at all, as those of other families. */
  to: z.unknown().optional(),
  flow_action: z.string().nullable().catch(null),
  entry_name: text,
  notify_text: text,
  content: text,
  url: text,
})
export type PushData = z.infer<typeof pushData>

export const jsonObject = z.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)

export const pushEnvelope = jsonObject.pipe(
  z.object({
    op: z.string().min(1).nullable().catch(null),
    data: jsonObject.pipe(pushData).nullable().catch(null),
    send_time: z.unknown().optional(),
    /** Milliseconds; in pushes of other families only. */
    opTime: z.number().nullable().catch(null),
  }),
)
export type PushEnvelope = z.infer<typeof pushEnvelope>
