import { z } from 'zod'
import { text } from '../schemas'

/**
 * What the Open API answers, as far as it is used. From v6 on the vendor adds fields without a new version
 * (open/11261), so what is not named here is ignored; what has an unknown shape is taken as absent.
 */

/** The fields by which an error is told. Of a success they are absent, or `status` is a number. */
export const apiFailure = z.object({ status: text, code: text, msg: text, message: text })

export const memberList = z.object({ users: z.array(z.unknown()) })

export const member = z.object({
  /** 成员编号; read by the rules of `to[].username`. */
  username: z.unknown().optional(),
  name: z.unknown().optional(),
  /** 1: joined, 0: not yet, -1: left. */
  status: text,
})

export const taskPage = z.object({
  tasks: z.array(z.unknown()),
  /** Documented of v6. Where it is missing, a page that is not empty may have one behind it. */
  has_more: z.boolean().nullish(),
})

export const taskRow = z.object({
  task_id: text,
  assignee: z.object({ username: text, name: text }).nullable().catch(null),
})

const assignee = z.object({ username: text }).catch({ username: null })

export const instance = z.object({
  instance_id: text,
  /** 0 running, 1 finished (rejected too), 2 closed by hand. */
  status: text,
  tasks: z
    .array(
      z.object({
        task_id: text,
        /** 0 open, 1 done, 2 closed, 4 activated, 5 paused. */
        status: text,
        /** One person; the international edition's page says a list. */
        assignee: z.union([z.array(assignee), assignee.transform((one) => [one])]),
      }),
    )
    .catch([]),
})
export type Instance = z.infer<typeof instance>
