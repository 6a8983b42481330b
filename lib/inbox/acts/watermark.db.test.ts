import { beforeEach, describe, expect, it } from 'vitest'
import { listMessages } from '@/lib/inbox/list/list-messages'
import type { MessageFilter } from '@/lib/contracts/messages'
import { execute } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, aMessage, inboxOf, titlesOf } from '@/lib/testing/inbox'
import { applyScan } from '../pulled/apply-scan'
import { act, undo } from './act'
import { wakeSnoozed } from './wake-snoozed'

useDatabase()

let connection: string
let user: string
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  await aMapping(connection, 'p', user)
})

const shown = async (filter: MessageFilter = {}) =>
  (await listMessages(user, filter, { limit: 200 })).watermark
const unread = async () =>
  (await inboxOf(user)).filter((message) => !message.readAt).map((message) => message.title)
const readAll = (through: string, filter: MessageFilter = {}) => act(user, 'read', { filter, through })
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000)
const folding = (reminder: 'urge' | null = null) => ({ slot: 'a|f|d|1', generation: 't', reminder })

describe('acting on a filter', () => {
  it('marks what was shown, not what arrived later', async () => {
    await aMessage(connection, 'p', { title: 'shown' })
    const through = await shown()
    await aMessage(connection, 'p', { title: 'arrived later', sentAt: at(-9999) })
    expect(await readAll(through)).toMatchObject({ changed: 1 })
    expect(await unread()).toEqual(['arrived later'])
  })

  it('does not mark what was raised later', async () => {
    await aMessage(connection, 'p', { title: 'to do', sentAt: at(0), folding: folding() })
    const through = await shown()
    await aMessage(connection, 'p', { title: 'urge', sentAt: at(9), folding: folding('urge') })
    expect(await readAll(through)).toMatchObject({ changed: 0 })
    expect(await readAll(await shown())).toMatchObject({ changed: 1 })
  })

  it('does not mark what waited and was delivered later, although it is older', async () => {
    await aMessage(connection, 'q', { title: 'waited', sentAt: at(-9999) })
    await aMessage(connection, 'p', { title: 'shown' })
    const through = await shown()
    const [other, newcomer] = [await aConnection(), 'r']
    await aMessage(other, newcomer, { title: 'waited elsewhere', sentAt: at(-99_999) })
    await aMapping(other, newcomer, user)
    await readAll(through)
    expect(await unread()).toEqual(['waited elsewhere'])
  })

  it('does not mark what came back from a snooze, woken by its job already or not yet', async () => {
    const [woken, due, open] = [
      await aMessage(connection, 'p', { title: 'woken' }),
      await aMessage(connection, 'p', { title: 'due' }),
      await aMessage(connection, 'p', { title: 'open' }),
    ]
    await act(user, 'snooze', { ids: [woken, due] }, { until: '2060-01-01T00:00:00Z' })
    const through = await shown()
    await execute(null, 'update messages set snoozed_until = now() where id = $1::bigint', woken)
    await wakeSnoozed(user)
    await execute(null, 'update messages set snoozed_until = now() where id = $1::bigint', due)
    expect(await readAll(through)).toMatchObject({ changed: 1 })
    expect((await inboxOf(user)).filter((message) => message.readAt).map((message) => message.id)).toEqual([
      open,
    ])
  })

  it('does not mark what the source has unread again later', async () => {
    const polled = await aConnection('polled')
    const lease = await aLease((await aMapping(polled, '-66', user, { poll: true })).personId)
    const scan = (read: boolean) =>
      applyScan(lease, { kind: 'all', complete: true, items: [aListed('1', { read })], silent: false })
    await scan(false)
    await scan(true)
    const through = await shown()
    await scan(false)
    expect(await readAll(through)).toMatchObject({ changed: 0 })
    expect(await unread()).toEqual(['1'])
  })

  it('takes the words of the list', async () => {
    const other = await aConnection()
    await aMapping(other, 'p', user)
    await aMessage(connection, 'p', { title: 'cc', category: 'cc', sender: 'A' })
    await aMessage(connection, 'p', { title: 'todo', subtitle: 'Leave', important: true, sentAt: at(5) })
    await aMessage(other, 'p', { title: 'elsewhere', type: 'other' })
    const through = await shown()
    const words: [MessageFilter, string[]][] = [
      [{ category: 'cc' }, ['cc']],
      [{ view: 'cc' }, ['cc']],
      [{ sender: 'A' }, ['cc']],
      [{ form: 'Leave' }, ['todo']],
      [{ urgent: true }, ['todo']],
      [{ after: at(1).toISOString() }, ['todo']],
      [{ connection: other }, ['elsewhere']],
      [{ type: 'other' }, ['elsewhere']],
      [{ before: at(1).toISOString(), view: 'todo' }, ['elsewhere']],
    ]
    for (const [filter, titles] of words) {
      const listed = await listMessages(user, filter, { limit: 200 })
      expect(listed.items.map((message) => message.title)).toEqual(titles)
      const { changed, undo: token } = await act(user, 'star', { filter, through })
      expect(changed).toBe(titles.length)
      expect(await titlesOf(user, 'starred')).toEqual(titles)
      await undo(user, token!)
    }
  })

  it('reaches nobody else’s messages', async () => {
    const other = await aUser()
    await aMapping(connection, 'q', other)
    await aMessage(connection, 'q')
    const { watermark } = await listMessages(other, {}, { limit: 1 })
    expect(await readAll(watermark, { view: 'all' })).toMatchObject({ changed: 0 })
    expect((await inboxOf(other))[0]!.readAt).toBeNull()
  })
})
