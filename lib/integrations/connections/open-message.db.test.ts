import { describe, expect, it } from 'vitest'
import type { Preferences } from '@/lib/contracts/auth'
import { act } from '@/lib/inbox/acts/act'
import { aMapping, aUser } from '@/lib/testing/builders'
import type { AppError } from '@/lib/shared/errors'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf, outboxOf } from '@/lib/testing/inbox'
import {
  admin,
  anEmployee,
  anOffice,
  closeOffices,
  poll,
  type Employee,
  type Office,
} from '@/lib/testing/office'
import { aCompany, aPush, build, post } from '@/lib/testing/pushes'
import type { LinkForm } from '@/simulators/seeyon'
import { pushOutbox } from '../polling/push-outbox'
import { deleteMapping } from '../people/map-people'
import { openMessage } from './open-message'

useDatabase()
closeOffices()

const preferences: Preferences = {
  markRead: 'onOpen',
  locale: 'auto',
  theme: 'system',
  density: 'comfortable',
}
const reader = (id: string, more: Partial<Preferences> = {}) => ({
  id,
  preferences: { ...preferences, ...more },
})

/** A message whose address the source must be asked for. */
async function aPolledMessage(input: object = {}, settings: object = {}, start: object = {}) {
  const office = await anOffice(start, settings)
  const li = await anEmployee(office, 'li')
  await poll(office)
  const sent = office.seeyon.send('li', input)
  await poll(office)
  const [message] = await inboxOf(li.user)
  return { office, li, id: message!.id, referenceId: sent.referenceId }
}
const isRead = async ({ user }: Employee) => (await inboxOf(user))[0]!.readAt !== null
const linkCalls = ({ seeyon }: Office) => seeyon.requests().endpoints.linkurl.total

/** A pushed message with this address. */
async function aPushedMessage(url: string) {
  const [company, user] = [await aCompany(), await aUser()]
  await aMapping(company.connection, 'xiaoyun', user)
  await post(company.sender.prepare(aPush(['xiaoyun'], { url })))
  return { user, message: (await inboxOf(user))[0]! }
}

describe('the original of a pushed message', () => {
  it.each([
    'https://www.jiandaoyun.com/dashboard#/app/1',
    'https://x.y.jiandaoyun.com/a?b=c',
    build.flow('flow_forward').data.url,
  ])('is the address it came with: %s', async (url) => {
    const { user, message } = await aPushedMessage(url)
    expect(message.hasLink).toBe(true)
    expect(await openMessage(reader(user), message.id)).toBe(new URL(url).href)
    expect((await inboxOf(user))[0]!.readAt).not.toBeNull()
  })

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)//www.jiandaoyun.com',
    'data:text/html,x',
    'https://evil.example/dashboard',
    'https://www.jiandaoyun.com.evil.example/',
    'https://www.jiandaoyun.com@evil.example/',
    '//evil.example/x',
    'https://jiandaoyun.com\\@evil.example/',
    'ftp://www.jiandaoyun.com/',
    '',
  ])('is none for %s, and opening reads nothing', async (url) => {
    const { user, message } = await aPushedMessage(url)
    await expect(openMessage(reader(user), message.id)).rejects.toMatchObject({ code: 'no_link' })
    expect((await inboxOf(user))[0]!.readAt).toBeNull()
  })
})

describe('the original of a polled message', () => {
  it.each<LinkForm>(['prefixed', 'rooted', 'relative', 'absolute', 'escaped', 'quoted'])(
    'is asked for and built on the address that employees use (%s)',
    async (linkForm) => {
      const webUrl = 'https://oa.example.com'
      const { office, li, id, referenceId } = await aPolledMessage({}, { webUrl }, { linkForm, webUrl })
      const address = new URL(await openMessage(reader(li.user), id))
      expect(address.origin + address.pathname).toBe(`${webUrl}/seeyon/collaboration/collaboration.do`)
      expect(address.searchParams.get('affairId')).toBe(referenceId)
      expect(address.searchParams.get('method')).toBe('summary')
      expect(await isRead(li)).toBe(true)
      expect(linkCalls(office)).toBe(1)
    },
  )

  it.each<LinkForm>(['javascript', 'foreign', 'schemeless'])(
    'is none where the source says something hostile (%s), and nothing is read',
    async (linkForm) => {
      const { li, id } = await aPolledMessage({}, {}, { linkForm })
      await expect(openMessage(reader(li.user), id)).rejects.toMatchObject({ code: 'no_link' })
      expect(await isRead(li)).toBe(false)
    },
  )

  it.each(['message.link.webservice.message', 'message.link.NC.message', null])(
    'is none for %s, without asking',
    async (linkType) => {
      const { office, li, id } = await aPolledMessage({ linkType })
      expect((await inboxOf(li.user))[0]).toMatchObject({ hasLink: false })
      await expect(openMessage(reader(li.user), id)).rejects.toMatchObject({ code: 'no_link' })
      expect(linkCalls(office)).toBe(0)
    },
  )

  it('while the source is away is unavailable, and the message stays unread', async () => {
    const { office, li, id } = await aPolledMessage()
    for (const kind of ['status500', 'loginPage', 'errorObject', 'reset'] as const) {
      office.seeyon.fault({ kind, endpoint: 'linkurl' })
      const error: unknown = await openMessage(reader(li.user), id).catch((e: unknown) => e)
      expect([kind, error]).toEqual([kind, expect.objectContaining({ code: 'source_unavailable' })])
      // Where that server is, is for administrators.
      expect((error as AppError).in('en')).not.toContain(new URL(office.seeyon.baseUrl).host)
      office.seeyon.clearFaults()
    }
    await office.seeyon.close()
    await expect(openMessage(reader(li.user), id)).rejects.toMatchObject({ code: 'source_unavailable' })
    expect(await isRead(li)).toBe(false)
    expect(await outboxOf(li.personId)).toEqual([])
  })
})

describe('opening', () => {
  it('reads, and the source is told at once', async () => {
    const { office, li, id } = await aPolledMessage()
    await openMessage(reader(li.user), id)
    expect((await inboxOf(li.user))[0]).toMatchObject({ sync: 'pending' })
    await pushOutbox(li.personId)
    expect(office.seeyon.unread('li')).toEqual([])
    expect((await inboxOf(li.user))[0]).toMatchObject({ sync: 'synced' })
  })

  it('reads nothing for who marks by hand', async () => {
    const { li, id } = await aPolledMessage()
    await openMessage(reader(li.user, { markRead: 'byHand' }), id)
    expect(await isRead(li)).toBe(false)
    expect(await outboxOf(li.personId)).toEqual([])
  })

  it('again keeps the time of the first reading', async () => {
    const { li, id } = await aPolledMessage()
    await openMessage(reader(li.user), id)
    const { readAt } = (await inboxOf(li.user))[0]!
    await openMessage(reader(li.user), id)
    expect((await inboxOf(li.user))[0]!.readAt).toBe(readAt)
  })

  it('after marking unread reads again', async () => {
    const { li, id } = await aPolledMessage()
    await openMessage(reader(li.user), id)
    await act(li.user, 'unread', { ids: [id] })
    await openMessage(reader(li.user), id)
    expect(await isRead(li)).toBe(true)
  })

  it('is for its owner only, and no more after unmapping', async () => {
    const { office, li, id } = await aPolledMessage()
    const gone = { code: 'not_found' }
    await expect(openMessage(reader(await aUser()), id)).rejects.toMatchObject(gone)
    await expect(openMessage(reader(li.user), '9999999999999999999')).rejects.toMatchObject(gone)
    await deleteMapping(admin, li.personId)
    await expect(openMessage(reader(li.user), id)).rejects.toMatchObject(gone)
    expect(linkCalls(office)).toBe(0)
  })
})
