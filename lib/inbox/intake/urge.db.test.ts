import { beforeEach, expect, it } from 'vitest'
import { rows } from '@/lib/platform/db'
import { countMessages } from '@/lib/inbox/list/list-messages'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf, titlesOf } from '@/lib/testing/inbox'
import { act } from '../acts/act'
import type { Reminder } from '../message'
import { storePush } from './store-push'

/** An urge breaks through a snooze, once. */
useDatabase()

let connection: string
let user: string
let id: string
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  await aMapping(connection, 'xiaoyun', user)
  await push('to do', null, 0)
  id = (await inboxOf(user))[0]!.id
})

const push = (title: string, reminder: Reminder | null, minutes: number) =>
  storePush(
    aDelivery(connection, ['xiaoyun'], {
      title,
      sentAt: new Date(Date.UTC(2026, 0, 1, 8, minutes)),
      folding: { slot: 'app|form|data|1', generation: 't', reminder },
    }),
  )
const snooze = () =>
  act(user, 'snooze', { ids: [id] }, { until: new Date(Date.now() + 3_600_000).toISOString() })
const views = async () => {
  const { views } = await countMessages(user)
  return { todo: views.todo, snoozed: views.snoozed }
}
const lastEvent = async () => {
  const [row] = await rows<{ kind: string; ids: string[]; raised: boolean }>(
    null,
    `select e.kind, e.ids::text[] as ids, m.seq = e.seq as raised from events e join messages m on m.id = $2::bigint
     where e.user_id = $1::uuid order by e.seq desc limit 1`,
    user,
    id,
  )
  return row!
}

it('brings a snoozed to-do back with its mark, as news', async () => {
  await snooze()
  expect(await views()).toEqual({ todo: 0, snoozed: 1 })
  await push('urge', 'urge', 5)
  expect(await views()).toEqual({ todo: 1, snoozed: 0 })
  expect(await inboxOf(user, 'todo')).toMatchObject([
    { id, title: 'to do', marks: ['urge'], snoozedUntil: null, readAt: null },
  ])
  expect(await lastEvent()).toEqual({ kind: 'new', ids: [id], raised: true })
})

it('that comes late brings it back too', async () => {
  await push('again', null, 30)
  await snooze()
  await push('late', 'timeout', 10)
  expect(await views()).toEqual({ todo: 1, snoozed: 0 })
  expect(await lastEvent()).toMatchObject({ kind: 'new', raised: true })
})

it('lets it be snoozed again until the next one, and copies of it change nothing', async () => {
  const urge = aDelivery(connection, ['xiaoyun'], {
    sentAt: new Date(Date.UTC(2026, 0, 1, 8, 5)),
    folding: { slot: 'app|form|data|1', generation: 't', reminder: 'urge' },
  })
  await snooze()
  await storePush(urge)
  await snooze()
  await storePush(urge)
  await push('submitted once more', null, 8)
  expect(await views()).toEqual({ todo: 0, snoozed: 1 })
  await push('urged again', 'urge', 9)
  expect(await views()).toEqual({ todo: 1, snoozed: 0 })
})

it('leaves what is done and was snoozed before where it is', async () => {
  await snooze()
  await act(user, 'done', { ids: [id] })
  await push('late', 'urge', 5)
  expect(await titlesOf(user, 'done')).toEqual(['to do'])
  expect(await views()).toEqual({ todo: 0, snoozed: 0 })
})
