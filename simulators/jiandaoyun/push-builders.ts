import { createRandom, type Random } from '../random'
import {
  batchLink,
  dataLink,
  entryLink,
  JIANDAOYUN_ORIGIN,
  messageLink,
  newFlowLink,
  oldFlowLink,
} from './links'
import {
  BATCH_ACTIONS,
  flowText,
  OP_TEXTS,
  WITHOUT_CONTENT,
  type FlowAction,
  type MessageOp,
  type MessagePush,
  type Recipient,
} from './message-push'

/** What any push may be given; what is missing is made up. */
export interface PushInput {
  to?: Recipient[]
  /** Form or dashboard. */
  entryName?: string
  /** Default: the vendor's. Empty text is kept. */
  notifyText?: string
  content?: string
  url?: string
  /** ISO text or epoch milliseconds, default now. */
  sendTime?: string | number
  appId?: string
  formId?: string
  dataId?: string
}

/** What a flow push may be given besides. */
export interface FlowInput extends PushInput {
  /** `new`: one push per assignee, with a task (default). `old`: all in one. */
  engine?: 'new' | 'old'
  /** The flow node. */
  flowId?: number
  /** New engine only; null leaves it out. */
  taskId?: string | null
  /** Who transferred or added the signer. */
  by?: string
  /** How many a batch notice is about. */
  count?: number
  paramOrder?: 'sample' | 'article'
}

/** Makes pushes. Ids are seeded: the same calls in the same order give the same bodies. */
export interface PushBuilders {
  /** 24 hex digits, as the vendor's ids. */
  id(): string
  message(op: NoticeOp, input?: PushInput): MessagePush
  /** One flow push to everybody in `to`, as it is. */
  flow(action: FlowAction, input?: FlowInput): MessagePush
  /** What the vendor sends for several assignees: one push (old engine) or one each (new engine). */
  flowToAll(action: FlowAction, input?: FlowInput): MessagePush[]
}

type NoticeOp = Exclude<MessageOp, 'flow_message'>

/** Where ids, links and times come from. */
interface Maker {
  id(): string
  origin: string
  now(): number
}

const XIAOYUN: Recipient = { username: 'xiaoyun', name: '小云' }

const CONTENTS: Readonly<Partial<Record<MessageOp, string>>> = {
  data_create_message: '请假人: 小云\n请假原因: 病假',
  data_update_message: '修改人: 小云\n数据标题: 病假申请\n请假日期: 2018-5-1→2018-5-2',
  form_widget_message: '小云的生日到了',
  dash_alert_message: '预警来源：库存应用>华南区盘点>库存剩余量',
}

/** Builders over one seed. `origin` is where links lead, `now` the clock for send_time. */
export function createPushBuilders(
  options: { seed?: number; random?: Random; origin?: string; now?: () => number } = {},
): PushBuilders {
  const random = options.random ?? createRandom(options.seed ?? 1)
  const maker: Maker = {
    id: () => random.hex(24),
    origin: options.origin ?? JIANDAOYUN_ORIGIN,
    now: options.now ?? Date.now,
  }
  return {
    id: maker.id,
    message: (op, input = {}) => noticePush(maker, op, input),
    flow: (action, input = {}) => flowPush(maker, action, input),
    flowToAll: (action, input = {}) => flowPushes(maker, action, input),
  }
}

function sendTime(maker: Maker, { sendTime: given }: PushInput): string {
  return typeof given === 'string' ? given : new Date(given ?? maker.now()).toISOString()
}

function noticePush(maker: Maker, op: NoticeOp, input: PushInput): MessagePush {
  const appId = input.appId ?? maker.id()
  const formId = input.formId ?? maker.id()
  const content = input.content ?? CONTENTS[op]
  return {
    data: {
      ...(content === undefined ? {} : { content }),
      entry_name: input.entryName ?? '请假审批',
      notify_text: input.notifyText ?? OP_TEXTS[op],
      to: input.to ?? [XIAOYUN],
      url: input.url ?? noticeLink(maker, op, appId, formId, input),
    },
    op,
    send_time: sendTime(maker, input),
  }
}

function noticeLink(maker: Maker, op: NoticeOp, appId: string, formId: string, input: PushInput): string {
  if (op === 'data_create_message') return messageLink(maker.origin, maker.id())
  if (op === 'data_update_message' || op === 'form_widget_message') {
    return dataLink(maker.origin, appId, formId, input.dataId ?? maker.id())
  }
  return entryLink(maker.origin, appId, formId)
}

function flowPush(maker: Maker, action: FlowAction, input: FlowInput): MessagePush {
  const content = WITHOUT_CONTENT.includes(action) ? input.content : (input.content ?? '')
  return {
    data: {
      ...(content === undefined ? {} : { content }),
      entry_name: input.entryName ?? '请假审批',
      flow_action: action,
      notify_text: input.notifyText ?? flowText(action, input.by, input.count),
      to: input.to ?? [XIAOYUN],
      url: input.url ?? flowLink(maker, action, input),
    },
    op: 'flow_message',
    send_time: sendTime(maker, input),
  }
}

function flowLink(maker: Maker, action: FlowAction, input: FlowInput): string {
  const parts = {
    origin: maker.origin,
    appId: input.appId ?? maker.id(),
    formId: input.formId ?? maker.id(),
    dataId: input.dataId ?? maker.id(),
    taskId: input.taskId === undefined ? maker.id() : input.taskId,
    flowId: input.flowId ?? 1,
    action,
  }
  if (BATCH_ACTIONS.includes(action)) return batchLink(parts)
  return input.engine === 'old' ? oldFlowLink(parts) : newFlowLink(parts, input.paramOrder)
}

function flowPushes(maker: Maker, action: FlowAction, input: FlowInput): MessagePush[] {
  const { to = [XIAOYUN] } = input
  const shared: FlowInput = {
    ...input,
    to,
    appId: input.appId ?? maker.id(),
    formId: input.formId ?? maker.id(),
    dataId: input.dataId ?? maker.id(),
    sendTime: sendTime(maker, input),
  }
  if (input.engine === 'old') return [flowPush(maker, action, shared)]
  return to.map((recipient) => flowPush(maker, action, { ...shared, to: [recipient] }))
}
