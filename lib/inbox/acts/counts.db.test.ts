import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { CATEGORIES, VIEWS, type View } from '@/lib/inbox/message'
import type { ActionKind } from '@/lib/contracts/messages'
import { countMessages, listMessages } from '@/lib/inbox/list/list-messages'
import { execute, rows } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aMessage, inboxOf } from '@/lib/testing/inbox'
import { act, undo } from './act'

useDatabase()

let user: string
let connections: string[]
beforeAll(async () => {
  user = await aUser()
  connections = [await aConnection(), await aConnection(), await aConnection('another')]
  for (const [i, connection] of connections.entries()) {
    await aMapping(connection, 'p', user)
    for (const category of CATEGORIES)
      await aMessage(connection, 'p', { category, title: `${i} ${category}` })
  }
})

type Step = { kind: ActionKind; pick: number[]; undone: boolean; due: boolean }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<ActionKind[]>(
    'read',
    'unread',
    'done',
    'undone',
    'star',
    'unstar',
    'snooze',
    'unsnooze',
  ),
  pick: fc.uniqueArray(fc.nat(17), { minLength: 1, maxLength: 6 }),
  undone: fc.boolean(),
  due: fc.boolean(),
})

/** Begins with something in every view, whatever chance brings then. */
const EVERY_VIEW = (['snooze', 'done', 'star'] as const).map((kind, i): Step => {
  return { kind, pick: [i], undone: false, due: false }
})

async function take({ kind, pick, undone, due }: Step): Promise<void> {
  const all = await inboxOf(user)
  const ids = pick.map((i) => all[i]!.id)
  const { undo: token } = await act(user, kind, { ids }, { until: '2060-01-01T00:00:00.000Z' })
  if (token && undone) await undo(user, token)
  if (due) {
    await execute(null, 'update messages set snoozed_until = now() where id = $1::bigint', ids[0]!)
  }
}

describe('counts', () => {
  it('equal the lengths of their lists, whatever was done', async () => {
    const visited = new Set<View>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        for (const one of steps) await take(one)
        const counts = await countMessages(user)
        const length = async (words: object) => (await listMessages(user, words, { limit: 200 })).items.length
        for (const view of ['todo', 'unread', 'cc', 'starred', 'snoozed', 'done'] as const) {
          const n = await length({ view })
          if (n > 0) visited.add(view)
          expect({ [view]: counts.views[view] }).toEqual({ [view]: n })
        }
        expect([counts.unread, counts.todo]).toEqual([counts.views.unread, counts.views.todo])
        for (const connection of connections) {
          expect(counts.byConnection[connection]).toBe(await length({ view: 'unread', connection }))
        }
        for (const connector of ['test', 'another']) {
          expect(counts.byConnector[connector]).toBe(await length({ view: 'unread', connector }))
        }
      }),
      { numRuns: 25, examples: [[EVERY_VIEW]] },
    )
    expect([...visited].sort()).toEqual(['cc', 'done', 'snoozed', 'starred', 'todo', 'unread'])
  })

  it('and the views mean what the contract says', async () => {
    const ids = (await inboxOf(user)).map((message) => message.id)
    const [later, due] = ['2060-01-01T00:00:00Z', 'now()']
    await execute(
      null,
      `update messages set done_at = null, done_by = null, read_at = null, starred_at = null, snoozed_until = null
       where user_id = $1::uuid`,
      user,
    )
    const set = (id: string, sql: string) =>
      execute(null, `update messages set ${sql} where id = $1::bigint`, id)
    await set(ids[0]!, `done_at = now(), done_by = 'user', snoozed_until = '${later}', starred_at = now()`)
    await set(ids[1]!, `snoozed_until = '${later}', starred_at = now()`)
    await set(ids[2]!, `snoozed_until = ${due}, starred_at = now()`)
    const has = async (id: string) => {
      const views = await Promise.all(
        VIEWS.map(async (view) => ((await inboxOf(user, view)).some((m) => m.id === id) ? [view] : [])),
      )
      return views.flat().filter((view) => view !== 'todo' && view !== 'cc')
    }
    expect(await has(ids[0]!)).toEqual(['all', 'done'])
    expect(await has(ids[1]!)).toEqual(['all', 'snoozed'])
    expect(await has(ids[2]!)).toEqual(['inbox', 'unread', 'all', 'starred'])
  })

  it('are empty for somebody without messages', async () => {
    expect(await countMessages(await aUser())).toMatchObject({ unread: 0, byConnection: {} })
    expect(await rows(null, 'select 1 from messages where user_id is null')).toEqual([])
  })
})
