import { afterAll, describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { getMessage } from '@/lib/inbox/list/list-messages'
import { environment } from '@/lib/platform/env'
import { useDatabase } from '@/lib/testing/database'
import { aPair, pushTo, type Pair } from '@/lib/testing/forwarding'
import { inboxOf } from '@/lib/testing/inbox'
import { admin, closeOffices, poll, tell } from '@/lib/testing/office'
import { createConnection, getConnection } from '../connections/connections'
import { describeConnectors } from '../connections/describe-connector'
import { getHealth } from '../connections/health'
import { renderMetrics } from '../metrics/render-metrics'
import { pushForwards } from './push-forwards'

useDatabase()
closeOffices()
afterAll(() => Object.assign(environment(), { baseUrl: null }))

/** What the message tells of its being passed on, once that was tried. */
async function toldAfter(prepare: (pair: Pair) => unknown) {
  const pair = await aPair()
  await pushTo(pair, ['li'])
  await prepare(pair)
  await pushForwards(pair.office.connection)
  return { pair, events: await eventsOf(pair) }
}
async function eventsOf({ li, office }: Pair) {
  const [item] = await inboxOf(li.user)
  const { events } = await getMessage(li.user, item!.id)
  const { name } = await getConnection(office.connection, '')
  return events
    .filter(({ connection }) => connection === name)
    .map(({ what, detail }) => ({ what, ...(detail && { detail }) }))
}

describe('a message tells', () => {
  it('that it was passed on, and what became of its copy', async () => {
    const { pair, events } = await toldAfter(() => {})
    expect(events).toEqual([{ what: 'forwarded' }])
    await poll(pair.office)
    await act(pair.li.user, 'read', { filter: {}, through: '99' })
    await tell(pair.li)
    expect(await eventsOf(pair)).toEqual([{ what: 'forwarded' }, { what: 'syncedThere' }])
  })

  it('that its copy was read over there', async () => {
    const { pair } = await toldAfter(() => {})
    await poll(pair.office)
    pair.office.seeyon.markRead({ loginName: 'li', all: true })
    await poll(pair.office)
    await poll(pair.office)
    expect(await eventsOf(pair)).toEqual([{ what: 'forwarded' }, { what: 'readThere' }])
  })

  it('that it was refused, or that nobody knows, with the reason', async () => {
    const refused = await toldAfter(({ office }) => office.seeyon.fault({ kind: 'result', endpoint: 'send' }))
    expect(refused.events).toEqual([{ what: 'forwardRefused', detail: expect.any(String) as string }])
    const unclear = await toldAfter(({ office }) => office.seeyon.fault({ kind: 'reset', endpoint: 'send' }))
    expect(unclear.events).toEqual([{ what: 'forwardUnclear', detail: expect.any(String) as string }])
  })

  it('nothing while it waits', async () => {
    const waiting = await toldAfter(({ office }) => {
      office.seeyon.expireTokens()
      office.seeyon.configure({ restPassword: 'another' })
    })
    expect(waiting.events).toEqual([])
  })
})

describe('the setting', () => {
  it('needs a connection that can be sent to', async () => {
    const { company, office } = await aPair()
    const settings = (connectionId: string) => ({
      secret: 's',
      forward: { connectionId, senderLoginName: 'notice' },
    })
    const create = (connectionId: string, name: string) =>
      createConnection(admin, { connector: 'jiandaoyun', name, settings: settings(connectionId) }, 'en')
    for (const connection of [company.connection, '00000000-0000-4000-8000-000000000000']) {
      await expect(create(connection, 'no')).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { 'settings.forward.connectionId': expect.any(String) as string },
      })
    }
    await expect(create(office.connection, `yes ${office.connection}`)).resolves.toBeTypeOf('string')
  })

  it('says on its card that the installation has no public address', () => {
    const lacks = () => {
      const fields = describeConnectors('en').flatMap((card) => card.fields)
      return fields.find(({ kind }) => kind === 'forward')?.lacks
    }
    Object.assign(environment(), { baseUrl: null })
    expect(lacks()).toBe('base_url')
    Object.assign(environment(), { baseUrl: 'https://huixin.test' })
    expect(lacks()).toBeUndefined()
  })
})

describe('what administrators see', () => {
  it('is how many wait, were refused and are unclear, and the process counts its own', async () => {
    const { pair } = await toldAfter(({ office }) =>
      office.seeyon.fault({ kind: 'result', endpoint: 'send' }),
    )
    const { connection } = pair.office
    await pushTo(pair, ['li'])
    const health = (await getHealth()).connections.find(({ id }) => id === connection)
    expect(health!.forwards).toEqual({ pending: 1, refused: 1, unclear: 0 })
    const metrics = await renderMetrics()
    expect(metrics).toContain(`huixin_forwards{connection="${connection}",state="pending"} 1`)
    expect(metrics).toContain(`huixin_forwards_total{connection="${connection}",result="refused"} 1`)
  })
})
