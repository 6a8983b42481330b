/** One receiver, as the vendor names people. */
export interface Recipient {
  /** 成员编号: unique within one company. */
  username: string
  name: string
}

/** The seven operations of 消息推送. */
export const MESSAGE_OPS = [
  'form_schedule_message',
  'data_create_message',
  'data_update_message',
  'form_widget_message',
  'flow_message',
  'dash_schedule_message',
  'dash_alert_message',
] as const

export type MessageOp = (typeof MESSAGE_OPS)[number]

/** The seventeen flow actions of the vendor's table, in its order. */
export const FLOW_ACTIONS = [
  'flow_forward',
  'flow_auto_forward',
  'flow_back',
  'flow_auto_back',
  'flow_cc',
  'flow_timeout',
  'flow_member_transfer',
  'flow_admin_transfer',
  'flow_activate',
  'flow_sign_before',
  'flow_sign_after',
  'flow_sign_parallel',
  'flow_sign_before_complete',
  'flow_batch_transfer',
  'flow_batch_forward',
  'flow_batch_cc',
  'flow_urge',
] as const

export type FlowAction = (typeof FLOW_ACTIONS)[number]

/** A push of 消息推送. The keys stand in the order seen in real pushes. */
export interface MessagePush {
  data: {
    content?: string
    entry_name: string
    flow_action?: string
    notify_text: string
    to: Recipient[]
    url: string
  }
  op: string
  /** ISO 8601, UTC, milliseconds. */
  send_time: string
}

const NEW_TODO = '有新的流程待办事项'
const SENT_BACK = '提交的流程事项被回退'
const BY_ADMIN = '由系统管理员转交给您1条待办事项'

/** The vendor's default text of a flow action. */
export function flowText(action: FlowAction, by = '小云', count = 1): string {
  switch (action) {
    case 'flow_forward':
    case 'flow_auto_forward':
      return NEW_TODO
    case 'flow_back':
    case 'flow_auto_back':
      return SENT_BACK
    case 'flow_cc':
      return '有新的流程处理结果抄送给您'
    case 'flow_timeout':
      return '有待办未完成，请及时处理'
    case 'flow_member_transfer':
      return `由「${by}」转交给您1条待办事项`
    case 'flow_admin_transfer':
    case 'flow_activate':
      return BY_ADMIN
    case 'flow_sign_before':
    case 'flow_sign_after':
    case 'flow_sign_parallel':
      return `由「${by}」加签给您1条待办事项`
    case 'flow_sign_before_complete':
      return '前加签处理已完成，您有新的流程待办事项'
    case 'flow_batch_transfer':
      return '由系统管理员转交给您新的待办事项'
    case 'flow_batch_forward':
      return `有[${count}]条新的流程待办事项`
    case 'flow_batch_cc':
      return `有[${count}]条新的流程处理结果抄送给您`
    case 'flow_urge':
      return '有一条流程急需处理'
  }
}

/** The vendor's default text of each operation but `flow_message`; an alert has its own name instead. */
export const OP_TEXTS: Readonly<Record<Exclude<MessageOp, 'flow_message'>, string>> = {
  form_schedule_message: '已到提醒时间，请及时处理',
  data_create_message: '有新数据提交，请及时处理',
  data_update_message: '有数据被修改，请及时处理',
  form_widget_message: '有数据到期，请及时处理',
  dash_schedule_message: '已到提醒时间，请及时处理',
  dash_alert_message: '库存警告',
}

/** Actions for which the vendor's table says 详细内容: 无. */
export const WITHOUT_CONTENT: readonly FlowAction[] = [
  'flow_batch_transfer',
  'flow_batch_forward',
  'flow_batch_cc',
  'flow_urge',
]

/** Actions about many items at once: no task, no record. */
export const BATCH_ACTIONS: readonly FlowAction[] = [
  'flow_batch_transfer',
  'flow_batch_forward',
  'flow_batch_cc',
]
