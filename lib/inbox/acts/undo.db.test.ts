import { beforeEach, describe, expect, it } from 'vitest'
import { execute } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, aMessage, inboxOf, outboxOf } from '@/lib/testing/inbox'
import type { ActionKind } from '@/lib/contracts/messages'
import { applyScan } from '../pulled/apply-scan'
import { act, undo } from './act'

useDatabase()

let connection: string
let user: string
let personId: string
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  personId = (await aMapping(connection, 'p', user, { poll: true })).personId
})

const until = '2060-01-01T00:00:00.000Z'
const first = async () => (await inboxOf(user))[0]!
/** What an employee can do to a message. */
const marks = async () => {
  const { readAt, doneAt, doneBy, starredAt, snoozedUntil } = await first()
  return { readAt, doneAt, doneBy, starredAt, snoozedUntil }
}
const does = async (kind: ActionKind, id: string) =>
  (await act(user, kind, { ids: [id] }, { until: kind === 'snooze' ? until : undefined })).undo!

async function polled(): Promise<string> {
  await applyScan(await aLease(personId), {
    kind: 'unread',
    complete: false,
    items: [aListed('77')],
    silent: false,
  })
  return (await first()).id
}

describe('undo', () => {
  it.each([
    ['read', []],
    ['unread', ['read']],
    ['done', []],
    ['done', ['read']],
    ['undone', ['done']],
    ['star', []],
    ['unstar', ['star']],
    ['snooze', []],
    ['unsnooze', ['snooze']],
  ] as [ActionKind, ActionKind[]][])('of %s brings back what was, after %j', async (kind, earlier) => {
    const id = await aMessage(connection, 'p')
    for (const one of earlier) await does(one, id)
    const before = await marks()
    const token = await does(kind, id)
    expect(await marks()).not.toEqual(before)
    expect(await undo(user, token)).toEqual({ changed: 1 })
    expect(await marks()).toEqual(before)
  })

  it('of a read keeps the star that came after', async () => {
    const id = await aMessage(connection, 'p')
    const token = await does('read', id)
    await does('star', id)
    await undo(user, token)
    expect(await marks()).toMatchObject({ readAt: null, starredAt: expect.any(String) })
  })

  it('leaves what another act has written since', async () => {
    const id = await aMessage(connection, 'p')
    const token = await does('read', id)
    await does('unread', id)
    await does('read', id)
    const now = await marks()
    expect(await undo(user, token)).toEqual({ changed: 0 })
    expect(await marks()).toEqual(now)
  })

  it.each([
    ['unread', 'read'],
    ['undone', 'done'],
    ['unstar', 'star'],
    ['unsnooze', 'snooze'],
  ] as [ActionKind, ActionKind][])(
    'of %s leaves alone what came later, %s and the same again',
    async (empties, fills) => {
      const id = await aMessage(connection, 'p')
      await does(fills, id)
      const token = await does(empties, id)
      await does(fills, id)
      await does(empties, id)
      const now = await marks()
      expect(await undo(user, token)).toEqual({ changed: 0 })
      expect(await marks()).toEqual(now)
    },
  )

  it('of an act that was itself followed by an undone one works', async () => {
    const id = await aMessage(connection, 'p')
    const star = await does('star', id)
    await undo(user, await does('unstar', id))
    await undo(user, star)
    expect(await marks()).toMatchObject({ starredAt: null })
  })

  it('of done takes back its read after something else took back its done', async () => {
    const id = await aMessage(connection, 'p')
    const token = await does('done', id)
    await does('undone', id)
    // Done is another act's by now, the read is still the one that the first act wrote.
    await undo(user, token)
    expect(await marks()).toMatchObject({ doneAt: null, readAt: null })
  })

  it('works once, for its owner, for ten seconds', async () => {
    const id = await aMessage(connection, 'p')
    const token = await does('read', id)
    const expired = { code: 'undo_expired' }
    await expect(undo(await aUser(), token)).rejects.toMatchObject(expired)
    await expect(undo(user, 'no token')).rejects.toMatchObject(expired)
    await expect(undo(user, crypto.randomUUID())).rejects.toMatchObject(expired)
    await undo(user, token)
    await expect(undo(user, token)).rejects.toMatchObject(expired)
    const late = await does('read', id)
    await execute(null, `update actions set at = now() - interval '9 seconds' where id = $1::uuid`, late)
    await undo(user, late)
    const later = await does('read', id)
    await execute(null, `update actions set at = now() - interval '10 seconds' where id = $1::uuid`, later)
    await expect(undo(user, later)).rejects.toMatchObject(expired)
    expect((await marks()).readAt).not.toBeNull()
  })

  it('twice at the same time works once', async () => {
    const token = await does('read', await aMessage(connection, 'p'))
    const ends = await Promise.allSettled([undo(user, token), undo(user, token), undo(user, token)])
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
  })

  it('leaves a message alone that is no longer the user’s', async () => {
    const id = await aMessage(connection, 'p')
    const token = await does('read', id)
    await aMapping(connection, 'p', await aUser(), { replace: true })
    expect(await undo(user, token)).toEqual({ changed: 0 })
  })
})

describe('undo of a read that the vendor is to be told', () => {
  it('takes back what is pending', async () => {
    const token = await does('read', await polled())
    await undo(user, token)
    expect(await outboxOf(personId)).toEqual([])
    expect(await first()).toMatchObject({ sync: 'none', readAt: null })
  })

  it('leaves what is being sent', async () => {
    const token = await does('read', await polled())
    await execute(null, `update outbox set state = 'sending', lease_until = now() + interval '1 minute'`)
    await undo(user, token)
    expect(await outboxOf(personId)).toMatchObject([{ state: 'sending' }])
    expect(await first()).toMatchObject({ sync: 'pending', readAt: null })
  })

  it('of an unread tells the vendor after all', async () => {
    const id = await polled()
    await does('read', id)
    const token = await does('unread', id)
    expect(await outboxOf(personId)).toEqual([])
    await undo(user, token)
    expect(await outboxOf(personId)).toMatchObject([{ state: 'pending', messageId: id }])
    expect(await first()).toMatchObject({ sync: 'pending' })
  })

  it('of a done that read takes both back', async () => {
    const token = await does('done', await polled())
    expect(await outboxOf(personId)).toHaveLength(1)
    await undo(user, token)
    expect(await outboxOf(personId)).toEqual([])
    expect(await first()).toMatchObject({ sync: 'none', readAt: null, doneAt: null })
  })
})
