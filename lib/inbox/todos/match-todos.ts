import type { TodoRow } from './todo-store'

/** A to-do here, under the name the vendor has for it. */
export type NamedTodo = TodoRow & { ref: string }

/** Sent so shortly before the vendor was asked, a to-do may be missing from its list only because it was too new. */
export const TOO_NEW_MS = 60_000

export type Matched = {
  /** Open here and listed. */
  listed: NamedTodo[]
  /** Open here and not listed, and old enough that this says something. */
  unlisted: NamedTodo[]
  /** Listed, and not open here. */
  others: Set<string>
}

/**
 * Compares what is open here with a whole list of what is open at the vendor. Pure.
 * @param asOf when the list was asked for
 */
export function matchTodos(open: readonly NamedTodo[], refs: Iterable<string>, asOf: Date): Matched {
  const others = new Set(refs)
  const [listed, absent]: [NamedTodo[], NamedTodo[]] = [[], []]
  for (const todo of open) (others.has(todo.ref) ? listed : absent).push(todo)
  for (const { ref } of listed) others.delete(ref)
  return {
    listed,
    unlisted: absent.filter((todo) => todo.sentAt.getTime() < asOf.getTime() - TOO_NEW_MS),
    others,
  }
}
