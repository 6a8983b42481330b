import type { FlowAction, MessagePush } from '../message-push'
import type { FlowInput, PushBuilders } from '../push-builders'
import type { ApiTask, World } from './world'

/** What the push about a task is called, by what made the task. */
const ACTIONS: Readonly<Record<string, FlowAction>> = {
  forward: 'flow_forward',
  auto_forward: 'flow_auto_forward',
  back: 'flow_back',
  auto_back: 'flow_auto_back',
  transfer: 'flow_member_transfer',
  batch_transfer: 'flow_admin_transfer',
  activate: 'flow_activate',
  sign_before: 'flow_sign_before',
  sign_after: 'flow_sign_after',
  sign_parallel: 'flow_sign_parallel',
}

/** The message push that the vendor would have sent of a task; `input` changes it, `engine: 'old'` too. */
export function pushOfTask(
  build: PushBuilders,
  world: World,
  task: ApiTask,
  input: FlowInput = {},
  action: FlowAction = ACTIONS[task.createAction] ?? 'flow_forward',
): MessagePush {
  const name = world.members.get(task.username)?.name ?? task.username
  return build.flow(action, {
    to: [{ username: task.username, name }],
    entryName: task.formTitle,
    appId: task.appId,
    formId: task.formId,
    dataId: task.instanceId,
    taskId: task.taskId,
    flowId: task.flowId,
    sendTime: task.createTime,
    ...input,
  })
}
