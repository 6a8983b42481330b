import type { Category, Reminder } from '@/lib/inbox/message'

/** What the vendor's page says of one `flow_action`. */
export type FlowAction = {
  category: Category
  /** The standing reminder text, used where `notify_text` is empty. */
  text: string
  /** The text names a person or a number that an empty `notify_text` does not give: the stand-in is never plain. */
  varies?: true
  /** About a to-do that was sent before it. */
  reminder?: Reminder
  /** One notice for many records: it belongs to no single to-do. */
  batch?: true
}

/**
 * The 17 flow actions in the page's order (open/11497, table of section 4.5.2). Where the page has a placeholder
 * (`~$转交人`, `~$加签人`, `~$count`), the text here says it without the value.
 */
export const FLOW_ACTIONS: ReadonlyMap<string, FlowAction> = new Map<string, FlowAction>([
  ['flow_forward', { category: 'todo', text: '有新的流程待办事项' }],
  ['flow_auto_forward', { category: 'todo', text: '有新的流程待办事项' }],
  ['flow_back', { category: 'todo', text: '提交的流程事项被回退' }],
  ['flow_auto_back', { category: 'todo', text: '提交的流程事项被回退' }],
  ['flow_cc', { category: 'cc', text: '有新的流程处理结果抄送给您' }],
  ['flow_timeout', { category: 'todo', text: '有待办未完成，请及时处理', reminder: 'timeout' }],
  ['flow_member_transfer', { category: 'todo', text: '由「转交人」转交给您1条待办事项' }],
  ['flow_admin_transfer', { category: 'todo', text: '由系统管理员转交给您1条待办事项' }],
  ['flow_activate', { category: 'todo', text: '由系统管理员转交给您1条待办事项' }],
  ['flow_sign_before', { category: 'todo', text: '由「加签人」加签给您1条待办事项' }],
  ['flow_sign_after', { category: 'todo', text: '由「加签人」加签给您1条待办事项' }],
  ['flow_sign_parallel', { category: 'todo', text: '由「加签人」加签给您1条待办事项' }],
  ['flow_sign_before_complete', { category: 'todo', text: '前加签处理已完成，您有新的流程待办事项' }],
  ['flow_batch_transfer', { category: 'todo', text: '由系统管理员转交给您新的待办事项', batch: true }],
  ['flow_batch_forward', { category: 'todo', text: '有多条新的流程待办事项', varies: true, batch: true }],
  ['flow_batch_cc', { category: 'cc', text: '有多条新的流程处理结果抄送给您', varies: true, batch: true }],
  ['flow_urge', { category: 'todo', text: '有一条流程急需处理', reminder: 'urge' }],
])
