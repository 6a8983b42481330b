import type { FlowAction, MessagePush } from '../message-push'
import type { FlowInput } from '../push-builders'
import { FLOW_FORMS } from './forms'
import type { Company } from './notices'

/** Flows on their way through the company; later pushes are about records that are already there. */
export interface Flows {
  /** A record is submitted and somebody has to act. */
  begin(action: FlowAction): MessagePush[]
  /** Urged or overdue: the same task again. */
  again(action: FlowAction): MessagePush[]
  /** The next node, other people: sent back, transferred, signed in addition. */
  move(action: FlowAction): MessagePush[]
  /** Over: the result is copied to some. */
  copy(action: FlowAction): MessagePush[]
  /** One notice about many. */
  batch(action: FlowAction): MessagePush[]
}

interface OpenFlow {
  input: FlowInput
  /** The task of each assignee by username; only the new engine has them. */
  tasks: Map<string, string>
}

const MOST_OPEN = 100

/** No flow is open yet; what needs one begins one instead. */
export function createFlows(company: Company): Flows {
  const { build, random, appId, formId, somebody, some, now } = company
  const open: OpenFlow[] = []

  function pushAll(action: FlowAction, flow: OpenFlow, input: FlowInput): MessagePush[] {
    if (input.engine === 'old') return build.flowToAll(action, input)
    const sendTime = now()
    return (input.to ?? []).map((person) => {
      const taskId = build.id()
      flow.tasks.set(person.username, taskId)
      return build.flow(action, { ...input, to: [person], taskId, sendTime })
    })
  }

  function begin(action: FlowAction): MessagePush[] {
    const form = random.pick(FLOW_FORMS)
    const input: FlowInput = {
      engine: form.engine,
      entryName: form.name,
      appId,
      formId: formId(form.name),
      dataId: build.id(),
      flowId: random.int(1, 4),
      content: form.record(random, somebody().name, now()),
      to: random.chance(0.25) ? some(3) : [somebody()],
    }
    const flow: OpenFlow = { input, tasks: new Map() }
    open.push(flow)
    if (open.length > MOST_OPEN) open.shift()
    return pushAll(action, flow, input)
  }

  function again(action: FlowAction): MessagePush[] {
    if (open.length === 0) return begin('flow_forward')
    const { input, tasks } = random.pick(open)
    const { content, ...rest } = input
    // The vendor's table: an urge carries no content, a timeout does.
    const shown = action === 'flow_urge' || content === undefined ? rest : { ...rest, content }
    if (input.engine === 'old') return [build.flow(action, shown)]
    const person = random.pick(input.to ?? [somebody()])
    return [build.flow(action, { ...shown, to: [person], taskId: tasks.get(person.username) ?? null })]
  }

  function move(action: FlowAction): MessagePush[] {
    if (open.length === 0) return begin('flow_forward')
    const flow = random.pick(open)
    const flowId = (flow.input.flowId ?? 1) + 1
    flow.input = { ...flow.input, flowId, to: [somebody()], by: somebody().name }
    return pushAll(action, flow, flow.input)
  }

  function copy(action: FlowAction): MessagePush[] {
    if (open.length === 0) return begin('flow_forward')
    const [flow] = open.splice(random.int(0, open.length - 1), 1) as [OpenFlow]
    return pushAll(action, flow, { ...flow.input, to: some(3) })
  }

  function batch(action: FlowAction): MessagePush[] {
    const form = random.pick(FLOW_FORMS)
    const where = { entryName: form.name, appId, formId: formId(form.name) }
    return [build.flow(action, { ...where, to: [somebody()], count: random.int(2, 40) })]
  }

  return { begin, again, move, copy, batch }
}
