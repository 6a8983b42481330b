import { z } from 'zod'

/**
 * Every field of the vendor may be missing, null, or a number written as text (`option.n_a_s=1`), and none but
 * the id may cost a message: what has a shape nobody has seen is taken as absent.
 */
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .nullish()
  .transform((value) => value ?? null)
  .catch(null)

const flag = text.transform((value) => (value === null ? null : value === 'true' || value === '1'))

export const LINK_PARAMS = [
  'linkParam0',
  'linkParam1',
  'linkParam2',
  'linkParam3',
  'linkParam4',
  'linkParam5',
  'linkParam6',
  'linkParam7',
  'linkParam8',
  'linkParam9',
] as const

const linkParams = Object.fromEntries(LINK_PARAMS.map((name) => [name, text])) as Record<
  (typeof LINK_PARAMS)[number],
  typeof text
>

/** One row of `message/unread` and `message/all`. */
export const messageRow = z.object({
  id: text,
  creationDate: text,
  referenceId: text,
  messageCategory: text,
  messageContent: text,
  senderName: text,
  linkType: text,
  openType: text,
  importantLevel: text,
  isRead: flag,
  /** On newer versions, beside the parameters. */
  link: text,
  ...linkParams,
})
export type MessageRow = z.infer<typeof messageRow>

/** What `orgMember` says of somebody. */
export const member = z.object({
  id: text,
  loginName: text,
  name: text,
  enabled: flag,
  isDeleted: flag,
  state: text,
})

/** What `POST token` says: `{"id":"-1"}` is a refusal in a 200. */
export const tokenAnswer = z.object({
  id: text,
  bindingUser: z.object({ id: text }).nullish().catch(null),
})

/** What sending says, as an object or, in the words of the vendor's page, as a bare number. */
export const sendAnswer = z.preprocess(
  (value) => (typeof value === 'object' ? (value ?? {}) : { result: value }),
  z.object({ result: text, errorMessage: text }),
)

/** What `token/ticket` says: `{"code":0,"data":{…}}`, or `{"code":1,"message":"无效的ticket！"}`. */
export const ticketAnswer = z.object({
  code: text,
  data: z.object({ loginName: text }).nullish().catch(null),
})

/** One row of `coll/pendingAffairs`; other lists of affairs call it `id`. */
export const affairRow = z.object({ affairId: text, id: text })

const count = text.transform((value) => (value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null))

/** What a list says of itself beside its `data` (the vendor's FlipInfo). */
export const flipInfo = z.object({ size: count, total: count, pages: count })

/** The fields by which an error is told in what should have been data. */
export const errorAnswer = z.object({
  id: text,
  code: text,
  success: flag,
  errorNumber: text,
  errorMessage: text,
  message: text,
  msg: text,
})

/** The canonical text of a signed 64-bit integer, or null for anything else (`6.67E+18`, `null`, `abc`). */
export function longId(value: string | null | undefined): string | null {
  if (value === null || value === undefined || !/^\s*-?\d{1,20}\s*$/.test(value)) return null
  const id = BigInt(value.trim())
  return BigInt.asIntN(64, id) === id ? id.toString() : null
}
