import { changeOptions } from './options'
import type { Service } from './serve'
import type { SeeyonSimulator, SeeyonState } from './simulator'
import { affairsOf, closeAffair } from './world/affairs'
import { removeMessages, sendMessage, setRead } from './world/sending'
import { addMember, memberByLogin, settle, visibleMessages } from './world/world'

type Methods = Omit<
  SeeyonSimulator,
  'origin' | 'baseUrl' | 'port' | 'restUser' | 'restPassword' | 'afterPage' | 'advance' | 'close'
>

/** The simulator's methods that need nothing but what serving needs. */
export function simulatorMethods(service: Service): Methods {
  const { world, options } = service
  return {
    addMember: (input) => addMember(world, input),
    member: (loginName) => memberByLogin(world, loginName),
    send: (loginName, input) => sendMessage(world, loginName, input),
    sendMany: (loginName, count, input) =>
      Array.from({ length: count }, () => sendMessage(world, loginName, input)),
    markRead: (selection) => setRead(world, selection, true),
    markUnread: (selection) => setRead(world, selection, false),
    remove: (selection) => removeMessages(world, selection),
    handle(loginName, affairId) {
      const { referenceId } = closeAffair(world, memberByLogin(world, loginName), affairId)
      return setRead(world, { loginName, referenceId }, true)
    },
    pendingAffairs: (loginName) => affairsOf(world, memberByLogin(world, loginName).id).map(({ id }) => id),
    issueTicket: (loginName) => service.tickets.issue(memberByLogin(world, loginName)),
    unread(loginName) {
      const rows = visibleMessages(world, memberByLogin(world, loginName).id).filter(({ isRead }) => !isRead)
      return (options.order === 'newest' ? rows.reverse() : rows).map(({ id }) => id)
    },
    messages: (loginName) => structuredClone(visibleMessages(world, memberByLogin(world, loginName).id)),
    isreadCalls: () => [...service.isreadCalls],
    sendCalls: () => [...service.sendCalls],
    fault: (input) => service.faults.add(input),
    clearFaults: (which) => service.faults.clear(which),
    configure: (wanted) => changeOptions(options, wanted),
    flush: () => settle(world, true),
    expireTokens: () => service.tokens.expireAll(),
    resetCounters: () => service.counters.reset(),
    requests: () => service.counters.counts(),
    log: () => service.counters.log(),
    whenRequested: (endpoint, times) => service.counters.whenRequested(endpoint, times),
    state: () => stateOf(service),
  }
}

function stateOf(service: Service): SeeyonState {
  const { world, tokens } = service
  const { restPassword: _restPassword, ...options } = service.options
  const alive = tokens.alive()
  return {
    now: world.now(),
    options,
    members: [...world.membersById.values()].map(({ loginName, name, id, unit }) => {
      const messages = visibleMessages(world, id)
      return {
        loginName,
        name,
        id,
        unit,
        unread: messages.filter(({ isRead }) => !isRead).map((message) => message.id),
        read: messages.filter(({ isRead }) => isRead).map((message) => message.id),
      }
    }),
    isreadCalls: [...service.isreadCalls],
    queuedReads: world.queuedReads.length,
    requests: service.counters.counts(),
    tokens: {
      alive: alive.length,
      issued: tokens.issued(),
      boundTo: alive.map(({ boundTo }) => boundTo?.loginName ?? null),
    },
    faults: service.faults.list(),
    log: service.counters.log(),
  }
}
