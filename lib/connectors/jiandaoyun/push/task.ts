import { z } from 'zod'
import { TEXT_LIMITS, type Content } from '@/lib/inbox/message'
import type { PushReading, RawPush } from '../../contract'
import { jsonObject, text } from '../schemas'
import { FLOW_ACTIONS } from './flow-actions'
import { readFolding, recordKey } from './folding'
import { FLOW_OP, TASK_OP } from './ops'
import { readRecipients } from './recipients'
import { readSendTime } from './send-time'
import { linkText, shown } from './text'
import { readTitle } from './title'
import { asAddress, taskAddress, type RecordAddress } from './url'

/** One open to-do as `workflow/task/list` gives it. Every field may be missing or of a shape nobody has seen. */
const openTask = z.object({
  app_id: text,
  form_id: text,
  /** The same id as the record's. */
  instance_id: text,
  task_id: text,
  /** A number; 0 is the node at which flows begin. */
  flow_id: text,
  flow_name: text,
  form_title: text,
  title: text,
  /** May be empty. */
  url: text,
  creator: z.object({ name: text }).nullable().catch(null),
  create_time: z.unknown().optional(),
  create_action: text,
})
type OpenTask = z.infer<typeof openTask>

const taskEnvelope = z.object({
  task: jsonObject.pipe(openTask).nullable().catch(null),
  username: z.unknown().optional(),
  name: z.unknown().optional(),
})

/**
 * What made a to-do (`create_action`) → what the push of that to-do is called. One of many is a to-do like any other:
 * a batch notice stands for all of them and folds with none, so its single counterpart is taken. Whatever is not here
 * (auto_approve, revoke, invoke_plugin, new ones) is a to-do that was submitted.
 */
const PUSHED_AS: ReadonlyMap<string, string> = new Map([
  ['auto_forward', 'flow_auto_forward'],
  ['back', 'flow_back'],
  ['auto_back', 'flow_auto_back'],
  ['transfer', 'flow_member_transfer'],
  ['batch_transfer', 'flow_admin_transfer'],
  ['activate', 'flow_activate'],
  ['sign_before', 'flow_sign_before'],
  ['sign_after', 'flow_sign_after'],
  ['sign_parallel', 'flow_sign_parallel'],
])
const SUBMITTED = 'flow_forward'

/** A task of the API in the clothes of a push: what `readTask` reads. `name` is the person's own. */
export function taskPush(task: unknown, username: string, name: string | null): RawPush {
  const body = new TextEncoder().encode(JSON.stringify({ op: TASK_OP, task, username, name }))
  return { body, headers: {}, query: new URLSearchParams() }
}

/**
 * What such a push says: a to-do that folds with what the vendor pushed or will push about the same task. Never
 * throws; `dead` with the reason `no_task`, `task_ids_missing` or `no_recipients`. A body stands for one task in one
 * state, so a second one that is equal is a duplicate whatever it says of its time.
 */
export function readTask(body: unknown, now: Date): PushReading {
  const dead = (reason: string): PushReading => ({ kind: 'dead', op: TASK_OP, hasSendTime: true, reason })
  const envelope = taskEnvelope.safeParse(body).data
  const task = envelope?.task
  if (!envelope || !task) return dead('no_task')
  const address = asAddress({
    app: task.app_id,
    form: task.form_id,
    record: task.instance_id,
    flow: task.flow_id,
    task: task.task_id,
  })
  if (!address?.task) return dead('task_ids_missing')
  const recipients = readRecipients([{ username: envelope.username, name: envelope.name }])
  if (!recipients.some((recipient) => 'externalId' in recipient)) return dead('no_recipients')
  const content = contentOf(task, address, readSendTime(task.create_time, now) ?? now)
  return { kind: 'message', op: TASK_OP, hasSendTime: true, content, recipients }
}

function contentOf(task: OpenTask, address: RecordAddress, sentAt: Date): Content {
  const action = PUSHED_AS.get(task.create_action ?? '') ?? SUBMITTED
  const flowAction = FLOW_ACTIONS.get(action)
  const subtitle = shown(task.form_title, TEXT_LIMITS.subtitle)
  const { title, plainTitle } = readTitle({ op: FLOW_OP, action, notifyText: null, instead: FLOW_OP })
  const fields = fieldsOf(task)
  return {
    category: flowAction?.category ?? 'todo',
    type: FLOW_OP,
    action,
    title,
    plainTitle,
    subtitle,
    text: fields.length === 0 ? null : fields.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    fields,
    changes: [],
    // Who transferred or added a signer is not in the list: `creator` is who began the flow.
    sender: null,
    sentAt,
    link: ownAddress(task) ?? linkText(taskAddress(address, action)),
    // The address may be of a form that does not name the instance.
    linkRef: { instanceId: address.record },
    openType: null,
    count: null,
    important: false,
    threadKey: recordKey(address),
    folding: flowAction ? readFolding(flowAction, address) : null,
  }
}

function ownAddress({ url }: OpenTask): string | null {
  const link = linkText(url)
  return link !== null && /^https?:\/\//i.test(link) && URL.canParse(link) ? link : null
}

/** The list has none of the record's own fields; these are what tells one to-do of a form from another. */
function fieldsOf({ title, flow_name: node, creator }: OpenTask): Content['fields'] {
  const fields = [
    // On the vendor's samples the title is the node's name once more.
    { label: '标题', value: title === node ? null : title },
    { label: '流程节点', value: node },
    { label: '发起人', value: creator?.name ?? null },
  ]
  return fields.flatMap(({ label, value }) => {
    const kept = shown(value, TEXT_LIMITS.value)
    return kept === null ? [] : [{ label, value: kept }]
  })
}
