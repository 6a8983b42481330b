/** The API's own limit on the messages of one act. */
const MOST = 1_000

/** Which messages are picked, and where a range with the shift key begins. */
export type Selection = { ids: ReadonlySet<string>; anchor: string | null }

export const noSelection: Selection = { ids: new Set(), anchor: null }

/** Picks one, or lets it go. */
export function toggle({ ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** Picks all from the anchor to this one, in the order of the list; without an anchor only this one. */
export function extend(selection: Selection, id: string, order: string[]): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor)
  const to = order.indexOf(id)
  if (from < 0 || to < 0) return toggle(selection, id)
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  const all = [...new Set([...selection.ids, ...range])]
  return { ids: new Set(all.slice(0, MOST)), anchor: selection.anchor }
}

/** Picks all of a list, as far as one act reaches. */
export function pickAllOf(order: string[]): Selection {
  return { ids: new Set(order.slice(0, MOST)), anchor: null }
}

/** Without what is no longer in the list. */
export function keepOnly(selection: Selection, order: string[]): Selection {
  const here = new Set(order)
  const ids = [...selection.ids].filter((id) => here.has(id))
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) }
}
