import type { Tx } from '@/lib/platform/transaction'
import { groupBy } from '@/lib/shared/group-by'
import type { Addressee } from './person-store'
import { foldSlot } from './fold'
import {
  insertMessages,
  removeAbsorbed,
  threadIdOf,
  updateMessages,
  type MessageChange,
  type MessageRow,
} from './message-store'
import { assignRows, rowState, type Assignment, type RowState } from './slot-rows'
import { fileRecipients, pushesOf, rowsOf, type StoredPush } from './slot-store'

/** What folding did to one person's messages: ids to announce as new, those of them that are new, ids that changed. */
export type Folded = { userId: string | null; fresh: string[]; made: string[]; changed: string[] }

type Plan = {
  to: Addressee
  slot: string
  assignments: Assignment<StoredPush>[]
  arrived: ReadonlySet<string>
}

/** Adds a push to the slots of its persons and writes what folding makes of each of them. */
export async function foldPersons(
  tx: Tx,
  connectionId: string,
  slot: string,
  addressees: Addressee[],
  numbers: Map<string, bigint>,
): Promise<Folded[]> {
  const slots = addressees.map((to) => ({ personId: to.id, slot: `${to.epoch}:${slot}` }))
  await fileRecipients(
    tx,
    addressees.map((to, i) => ({ id: to.ledgerId, personId: to.id, slot: slots[i]!.slot, messageId: null })),
  )
  const pushes = groupBy(await pushesOf(tx, slots), (push) => push.personId)
  const rows = groupBy(await rowsOf(tx, slots), (row) => row.personId)
  const plans = addressees.map((to, i): Plan => {
    const own = pushes.get(to.id) ?? []
    const shown = groupBy(own, (push) => push.messageId)
    const present = (rows.get(to.id) ?? []).map((row) => ({
      ...row,
      key: row.key.slice(slots[i]!.slot.length + 1),
      pushIds: new Set(shown.get(row.id)?.map((push) => push.id)),
    }))
    const assignments = assignRows(foldSlot(own), present)
    return {
      to,
      slot: slots[i]!.slot,
      assignments,
      arrived: new Set([to.ledgerId]),
    }
  })
  return write(tx, connectionId, plans, numbers)
}

async function write(
  tx: Tx,
  connectionId: string,
  plans: Plan[],
  numbers: Map<string, bigint>,
): Promise<Folded[]> {
  const inserts: MessageRow[] = []
  const updates: MessageChange[] = []
  const absorbed: { from: string; into: string }[] = []
  const planned = plans.map((plan) => ({ plan, raised: [] as string[], changed: [] as string[] }))
  for (const { plan, raised, changed } of planned) {
    for (const assignment of plan.assignments) {
      const state = rowState(assignment, plan.arrived)
      const { to, slot } = plan
      const seq = to.recipient ? numbers.get(to.recipient)!.toString() : '0'
      const said = saidBy(connectionId, plan, assignment)
      const { row } = assignment
      if (!row) {
        const whose = { connectionId, personId: to.id, epoch: to.epoch, userId: to.recipient, slot }
        inserts.push({ ...whose, ...said, ...state, seq })
        continue
      }
      if (!differs(assignment, state)) continue
      updates.push({ id: row.id, ...said, ...state, seq: state.raised && to.recipient ? seq : null })
      ;(state.raised ? raised : changed).push(row.id)
      for (const gone of assignment.absorbed) {
        absorbed.push({ from: gone.id, into: row.id })
        changed.push(gone.id)
      }
    }
  }
  const ids = await insertMessages(tx, inserts)
  await fileRecipients(tx, refiled(plans, ids))
  await removeAbsorbed(tx, absorbed)
  await updateMessages(tx, updates)
  return planned.map(({ plan, raised, changed }) => {
    const made = plan.assignments
      .filter(({ row }) => !row)
      .map(({ generation }) => ids.get(`${plan.to.id} ${keyOf(plan, generation.key)}`)!)
    return { userId: plan.to.recipient, fresh: [...made, ...raised], made, changed }
  })
}

const keyOf = (plan: Plan, key: string) => `${plan.slot}#${key}`

function saidBy(connectionId: string, plan: Plan, { generation }: Assignment<StoredPush>) {
  const { speaker, marks, sentAt } = generation
  return {
    key: keyOf(plan, generation.key),
    contentId: speaker.contentId,
    threadId: threadIdOf(connectionId, speaker.threadKey ?? plan.slot),
    category: speaker.category,
    type: speaker.type,
    urgent: marks.length > 0 || generation.pushes.some((push) => push.important),
    marks,
    sentAt,
  }
}

/** Whether anything of a row changes, so that old rounds of a long story are not written again each time. */
function differs({ generation, row, absorbed }: Assignment<StoredPush>, state: RowState): boolean {
  if (!row || absorbed.length > 0 || row.key !== generation.key) return true
  const moved =
    generation.pushes.length !== row.pushIds.size ||
    generation.pushes.some((push) => !row.pushIds.has(push.id))
  if (moved || state.wakes || state.overAt !== row.overAt) return true
  return state.readAt !== row.readAt || state.doneAt !== row.doneAt || state.doneBy !== row.doneBy
}

/** Ledger rows whose message is another one now. */
function refiled(plans: Plan[], ids: Map<string, string>) {
  return plans.flatMap((plan) =>
    plan.assignments.flatMap(({ generation, row }) => {
      const messageId = row?.id ?? ids.get(`${plan.to.id} ${keyOf(plan, generation.key)}`)!
      return generation.pushes
        .filter((push) => push.messageId !== messageId)
        .map((push) => ({ id: push.id, personId: plan.to.id, slot: plan.slot, messageId }))
    }),
  )
}
