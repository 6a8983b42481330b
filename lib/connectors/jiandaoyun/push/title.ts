import { cleanText, TEXT_LIMITS } from '@/lib/inbox/message'
import { FLOW_ACTIONS } from './flow-actions'
import { FLOW_OP, MESSAGE_OPS } from './ops'

const FLOW_TEXTS: ReadonlySet<string> = new Set(
  [...FLOW_ACTIONS.values()].filter((action) => !action.varies).map((action) => action.text),
)
/** 由「~$转交人」转交给您1条待办事项 · 由「~$加签人」加签给您1条待办事项 */
const FROM_SOMEBODY = /^由「(.+?)」(?:转交|加签)给您/u
const FROM_SOMEBODY_ONLY = /^由「.+?」(?:转交|加签)给您1条待办事项$/u
/** 有[~$count]条…, also without brackets or in full width. */
const COUNT = /有\s*[[［【]?\s*([0-9０-９]{1,9})\s*[\]］】]?\s*条/u

/**
 * The title of a push and what can be read from it.
 *
 * `notifyText` is the push's own text, `instead` what an unknown op without one is called. The sender is given only
 * where the vendor's own sentence names somebody, the count only for batch actions.
 */
export function readTitle(push: {
  op: string
  action: string | null
  notifyText: string | null
  instead: string
}): { title: string; plainTitle: boolean; sender: string | null; count: number | null } {
  const flowAction = push.op === FLOW_OP && push.action !== null ? FLOW_ACTIONS.get(push.action) : undefined
  const standing = flowAction ?? MESSAGE_OPS.get(push.op)
  const own = push.notifyText
  const title = own ?? standing?.text ?? push.instead
  return {
    title,
    plainTitle: isPlain(push.op, title),
    sender: push.op === FLOW_OP && own !== null ? senderIn(own) : null,
    count: flowAction?.batch && own !== null ? countIn(own) : null,
  }
}

/** Whether the title is one that the vendor puts on every message of that kind. */
function isPlain(op: string, title: string): boolean {
  if (title === MESSAGE_OPS.get(op)?.text) return true
  return op === FLOW_OP && (FLOW_TEXTS.has(title) || FROM_SOMEBODY_ONLY.test(title))
}

function senderIn(text: string): string | null {
  const name = FROM_SOMEBODY.exec(text)?.[1]?.trim()
  return name ? cleanText(name, TEXT_LIMITS.sender) : null
}

function countIn(text: string): number | null {
  const digits = COUNT.exec(text)?.[1]
  return digits === undefined ? null : Number(digits.normalize('NFKC'))
}
