import type { Category } from '@/lib/inbox/message'

/** What the vendor's page says of one message op. */
export type MessageOp = {
  category: Category
  /** The standing reminder text, used where `notify_text` is empty. */
  text: string
}

export const FLOW_OP = 'flow_message'
export const UPDATE_OP = 'data_update_message'

/**
 * The seven message ops with their standing texts (open/11497, sections 4.1–4.7; nothing newer is known). An alert
 * has none, the alert's own name is the text; the heading of its section stands in. A flow message has one text per
 * action (see flow-actions.ts); the one here is for actions that are not known.
 */
export const MESSAGE_OPS: ReadonlyMap<string, MessageOp> = new Map<string, MessageOp>([
  ['form_schedule_message', { category: 'reminder', text: '已到提醒时间，请及时处理' }],
  ['data_create_message', { category: 'notice', text: '有新数据提交，请及时处理' }],
  [UPDATE_OP, { category: 'notice', text: '有数据被修改，请及时处理' }],
  ['form_widget_message', { category: 'reminder', text: '有数据到期，请及时处理' }],
  [FLOW_OP, { category: 'notice', text: '有数据被修改，请及时处理' }],
  ['dash_schedule_message', { category: 'reminder', text: '已到提醒时间，请及时处理' }],
  ['dash_alert_message', { category: 'alert', text: '仪表盘预警提醒' }],
])

/** The op of 服务器连接测试, as an unofficial SDK names it. */
export const TEST_OP = 'data_test'

/**
 * The op under which this connector keeps a to-do that it was told of by the API and not by a push (`task.ts`), so
 * that it is stored and read again like any push. The vendor has no such op.
 */
export const TASK_OP = 'workflow_task'

/** Record and form pushes (数据推送, 表单推送), which may be sent to the same address; they name no recipients. */
export const OTHER_FAMILY_OPS: ReadonlySet<string> = new Set([
  'data_create',
  'data_update',
  'data_remove',
  'data_recover',
  'form_update',
])
