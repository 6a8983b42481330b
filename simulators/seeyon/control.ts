import type { IncomingMessage, ServerResponse } from 'node:http'
import { JSON_TYPE, readBody, writeAnswer } from '../loopback-server'
import type { Endpoint } from './endpoints'
import type { FaultInput } from './faults/faults'
import type { SeeyonOptions } from './options'
import type { MessageInput, Selection } from './world/sending'
import type { ScanHookInput, SeeyonSimulator } from './simulator'
import { parseJsonText, type WireValue } from './wire-json'
import type { MemberInput } from './world/world'

/** What can be asked of the simulator over HTTP; each is the method of the same name. */
export type ControlCommand =
  | ({ do: 'addMember' } & MemberInput)
  | ({ do: 'send'; loginName: string; count?: number } & MessageInput)
  | ({ do: 'markRead' } & Selection)
  | ({ do: 'markUnread' } & Selection)
  | ({ do: 'remove' } & Selection)
  | { do: 'handle'; loginName: string; affairId: string }
  | { do: 'issueTicket'; loginName: string }
  | ({ do: 'fault' } & FaultInput)
  | { do: 'clearFaults'; id?: number; endpoint?: Endpoint | '*' }
  | ({ do: 'afterPage' } & ScanHookInput & { then: ControlCommand[] })
  | { do: 'configure'; options: Partial<SeeyonOptions> }
  | { do: 'advance'; ms: number }
  | { do: 'flush' }
  | { do: 'expireTokens' }
  | { do: 'resetCounters' }

/** Carries one command out and gives back what its method gives. */
export function runCommand(simulator: SeeyonSimulator, command: ControlCommand): unknown {
  switch (command.do) {
    case 'addMember': {
      const { do: _do, ...input } = command
      return simulator.addMember(input)
    }
    case 'send': {
      const { loginName, count = 1, do: _do, ...input } = command
      return Array.from({ length: count }, () => simulator.send(loginName, input).id)
    }
    case 'markRead':
      return simulator.markRead(command)
    case 'markUnread':
      return simulator.markUnread(command)
    case 'remove':
      return simulator.remove(command)
    case 'handle':
      return simulator.handle(command.loginName, command.affairId)
    case 'issueTicket':
      return simulator.issueTicket(command.loginName)
    case 'fault': {
      const { do: _do, ...input } = command
      return { id: simulator.fault(input).id }
    }
    case 'clearFaults':
      if (command.id !== undefined) return simulator.clearFaults({ id: command.id })
      return simulator.clearFaults(
        command.endpoint === undefined ? undefined : { endpoint: command.endpoint },
      )
    case 'afterPage':
      return simulator.afterPage(command, () => {
        for (const next of command.then) runCommand(simulator, next)
      })
    case 'configure':
      return simulator.configure(command.options)
    case 'advance':
      return simulator.advance(command.ms)
    case 'flush':
      return simulator.flush()
    case 'expireTokens':
      return simulator.expireTokens()
    case 'resetCounters':
      return simulator.resetCounters()
    default:
      throw new Error(`unknown command ${String((command as { do?: unknown }).do)}`)
  }
}

const CONTROL_LIMIT = 16 * 1024 * 1024

/**
 * `GET /__control` gives the state, with `?loginName=` that member's messages; `POST` one command or an array of them gives `{ok:true,result}`,
 * 400 `{ok:false,error}` otherwise.
 */
export async function serveControl(
  simulator: SeeyonSimulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, body: string) => writeAnswer(response, { status, type: JSON_TYPE, body })
  try {
    if (request.method === 'GET') {
      const loginName = new URL(request.url ?? '', simulator.origin).searchParams.get('loginName')
      return answer(200, textOf(loginName === null ? simulator.state() : simulator.messages(loginName)))
    }
    const body = plainNumbers(parseJsonText((await readBody(request, CONTROL_LIMIT)).toString('utf8')))
    const result = Array.isArray(body)
      ? body.map((command) => runCommand(simulator, command as ControlCommand))
      : runCommand(simulator, body as ControlCommand)
    answer(200, textOf({ ok: true, result: result ?? null }))
  } catch (error) {
    answer(400, textOf({ ok: false, error: error instanceof Error ? error.message : String(error) }))
  }
}

/** JSON for scripts: unlike the vendor's, ids are text everywhere. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item))
}

/** Ids may come as numbers too: they go on as text. */
function plainNumbers(value: WireValue): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map(plainNumbers)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainNumbers(item)]))
  }
  return value
}
