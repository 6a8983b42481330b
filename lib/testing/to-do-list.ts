import type { Connector, HeldTodo, OpenTodo, PushReading, RawPush } from '@/lib/connectors/contract'
import type { LiveConnection } from '@/lib/integrations/connections/connection-settings'
import { aContent } from './builders'

/** What a vendor's list has of one to-do. */
export type Listed = { ref: string; at: Date; title?: string; slot?: string }

/**
 * A vendor of to-dos whose list the test writes: `list` is what is open there, `over` what it says is over when it is
 * asked (by ref). Its pushes are JSON of `Listed` and `to`.
 */
export type ToDoList = {
  live: LiveConnection
  list: Listed[]
  over: string[]
  /** Thrown instead of the next answer. */
  fails: { listOpen?: unknown; findOver?: unknown }
  /** Called while the list is on its way. */
  meanwhile: () => Promise<unknown>
  asked: string[][]
}

export function aToDoList(connectionId: string, absence: 'nothing' | 'over_twice' = 'nothing'): ToDoList {
  const world: Omit<ToDoList, 'live'> = {
    list: [],
    over: [],
    fails: {},
    meanwhile: async () => {},
    asked: [],
  }
  const refOf = (todo: HeldTodo) => todo.generation ?? todo.linkRef?.ref ?? null
  const connector = {
    id: 'test',
    card: { fields: [] },
    webhook: { ready: () => true, deliveryId: () => null, read: (push: RawPush) => readListed(push) },
    todos: {
      ready: () => true,
      everySeconds: 3600,
      absence,
      refOf,
      async listOpen(_context: unknown, person: string) {
        await world.meanwhile()
        if (world.fails.listOpen) throw world.fails.listOpen
        return world.list.map((todo): OpenTodo => ({ ref: todo.ref, push: pushOf(todo, person) }))
      },
      async findOver(_context: unknown, _person: string, held: HeldTodo[]) {
        world.asked.push(held.map((todo) => refOf(todo)!))
        if (world.fails.findOver) throw world.fails.findOver
        return held.filter((todo) => world.over.includes(refOf(todo)!)).map((todo) => todo.messageId)
      },
    },
    link: { has: () => false },
  } as unknown as Connector
  const row = { id: connectionId, connector: 'test', archivedAt: null } as LiveConnection['row']
  return Object.assign(world, {
    live: { row, connector, settings: {}, context: { connectionId, settings: {} } },
  })
}

function pushOf(todo: Listed, to: string): RawPush {
  const body = new TextEncoder().encode(JSON.stringify({ ...todo, to }))
  return { body, headers: {}, query: new URLSearchParams() }
}

function readListed({ body }: RawPush): PushReading {
  const todo = JSON.parse(new TextDecoder().decode(body)) as Listed & { at: string; to: string }
  const { ref, at, title = ref, slot = `slot of ${ref}` } = todo
  return {
    kind: 'message',
    op: 'workflow_task',
    hasSendTime: true,
    content: aContent({
      ...{ title, sentAt: new Date(at), type: 'workflow_task' },
      folding: { slot, generation: ref, reminder: null },
    }),
    recipients: [{ externalId: todo.to, name: null }],
  }
}
