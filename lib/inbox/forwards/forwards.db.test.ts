import { describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import type { ForwardRule } from '@/lib/inbox/forwards/forward-new'
import { storePush } from '@/lib/inbox/intake/store-push'
import type { Content, Folding } from '@/lib/inbox/message'
import { applyScan } from '@/lib/inbox/pulled/apply-scan'
import { execute, rows } from '@/lib/platform/db'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, inboxOf } from '@/lib/testing/inbox'

useDatabase()

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 8, minute))

async function aForwarding() {
  const [source, target] = [await aConnection(), await aConnection()]
  const user = await aUser()
  await aMapping(source, 'li', user)
  const { personId } = await aMapping(target, '7', user)
  const forward = { connectionId: target, types: null, categories: null }
  const push = (
    minute: number,
    folding: Partial<Folding> | null,
    more: Partial<Content> = {},
    rule: ForwardRule | null = forward,
  ) =>
    storePush(
      aDelivery(
        source,
        ['li'],
        {
          sentAt: at(minute),
          title: `at ${minute}`,
          folding: folding && { slot: 'form', generation: null, reminder: null, ...folding },
          ...more,
        },
        { forward: rule },
      ),
    )
  const forwards = () =>
    rows<{ message: string; state: string; token: string }>(
      null,
      `select message_id::text as message, state, token from forwards where connection_id = $1::uuid order by id`,
      target,
    )
  const setState = (token: string, state: string) =>
    execute(null, 'update forwards set state = $2 where token = $1', token, state)
  const arrive = async (token: string, id: string) => {
    const item = { ...aListed(id), echo: token }
    const scan = { kind: 'unread' as const, complete: true, items: [item], silent: false }
    return applyScan(await aLease(personId), scan)
  }
  return { source, target, user, push, forwards, setState, arrive }
}

describe('pushes that fold', () => {
  it('are passed on once for each new row: neither reminders of one that is here, nor what came before', async () => {
    const { push, forwards, user } = await aForwarding()
    await push(10, { generation: 'a' })
    await push(11, { generation: 'a', reminder: 'urge' })
    await push(12, { generation: 'a' })
    expect(await forwards()).toHaveLength(1)
    await push(20, { generation: 'b' })
    expect(await forwards()).toHaveLength(2)
    // Older than what is here, and settled by it.
    await push(5, { generation: 'old' })
    expect(await inboxOf(user)).toHaveLength(3)
    expect(await forwards()).toHaveLength(2)
  })

  it('are not passed on later where they were not at first', async () => {
    const { push, forwards } = await aForwarding()
    await push(10, { generation: 'a' }, {}, null)
    await push(11, { generation: 'a', reminder: 'urge' })
    await push(12, { generation: 'a' })
    expect(await forwards()).toEqual([])
  })

  it('keep what became of a reminder whose to-do came later', async () => {
    const { push, forwards, setState, arrive, user, target } = await aForwarding()
    await push(10, { reminder: 'urge' })
    const [first] = await forwards()
    await setState(first!.token, 'sent')
    await push(9, { generation: 'a' })
    const [message, ...more] = await inboxOf(user)
    expect(more).toEqual([])
    expect(await forwards()).toEqual([{ ...first, state: 'sent', message: message!.id }])
    await arrive(first!.token, 'copy')
    expect(await inboxOf(user)).toHaveLength(1)
    expect(await balance(target)).toMatchObject({ received: 1, delivered: 1, difference: 0 })
  })

  it('have one forward left where none of several was sent', async () => {
    const { push, forwards, user } = await aForwarding()
    await push(10, { reminder: 'urge' })
    await push(30, { reminder: 'timeout' })
    await push(9, { generation: 'a' })
    const [message] = await inboxOf(user)
    expect(await forwards()).toMatchObject([{ message: message!.id, state: 'pending' }])
  })

  it.each(['sent', 'pending'])('hand forward and copy on to one that is %s', async (state) => {
    const { push, forwards, setState, arrive, user, target } = await aForwarding()
    await push(10, { reminder: 'urge' })
    await push(30, { reminder: 'timeout' })
    const [heir, absorbed] = await forwards()
    await setState(heir!.token, state)
    await arrive(absorbed!.token, 'copy')
    await push(9, { generation: 'a' })
    const [message, ...more] = await inboxOf(user)
    expect(more).toEqual([])
    const left = await forwards()
    expect(left).toHaveLength(1)
    expect(left[0]).toMatchObject({ message: message!.id, state: 'sent' })
    const [copy] = await rows(
      null,
      'select message_id::text as message from pulled_items where connection_id = $1::uuid',
      target,
    )
    expect(copy).toEqual({ message: message!.id })
    expect(await balance(target)).toMatchObject({ received: 1, delivered: 1, difference: 0 })
  })
})

describe('messages that fold with nothing', () => {
  it('go as well, to the one their user is over there', async () => {
    const { push, forwards, user } = await aForwarding()
    await push(1, null, { category: 'notice' })
    const [message] = await inboxOf(user)
    expect(await forwards()).toMatchObject([{ message: message!.id, state: 'pending' }])
  })
})
