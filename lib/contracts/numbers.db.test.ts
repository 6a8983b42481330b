import { beforeAll, expect, test } from 'vitest'
import { GET as delivery } from '@/app/api/v1/admin/deliveries/[id]/route'
import { POST as replay } from '@/app/api/v1/admin/deliveries/[id]/replay/route'
import { DELETE as unmap } from '@/app/api/v1/admin/mappings/[personId]/route'
import { GET as events } from '@/app/api/v1/events/route'
import { GET as message } from '@/app/api/v1/messages/[id]/route'
import { GET as open } from '@/app/api/v1/messages/[id]/open/route'
import { POST as actions } from '@/app/api/v1/messages/actions/route'
import type { Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, signedInBrowser } from '@/lib/testing/users'

useDatabase()

const TOO_LARGE = '9223372036854775808'
let boss: Browser
beforeAll(async () => {
  await givenUser('boss', 'admin')
  boss = await signedInBrowser('boss')
})

test('an address with an id beyond all is nowhere', async () => {
  const places = [
    ['GET', message, 'id'],
    ['GET', open, 'id'],
    ['GET', delivery, 'id'],
    ['POST', replay, 'id'],
    ['DELETE', unmap, 'personId'],
  ] as const
  for (const [method, handler, name] of places) {
    for (const id of [TOO_LARGE, '9999999999999999999']) {
      const response = await boss.send(handler, method, '/', { params: { [name]: id } })
      expect(response.status, `${method} ${handler.operation.path}`).toBe(404)
    }
    // The largest there can be is merely nobody's.
    const largest = await boss.send(handler, method, '/', { params: { [name]: '9223372036854775807' } })
    expect(largest.status, `${method} ${handler.operation.path}`).toBe(404)
  }
})

test('a watermark, an event or a message beyond all is not understood', async () => {
  const act = (body: object) => boss.send(actions, 'POST', '/', { body: { action: 'read', ...body } })
  expect((await act({ filter: {}, through: TOO_LARGE })).status).toBe(400)
  expect((await act({ ids: [TOO_LARGE] })).status).toBe(400)
  expect((await boss.send(events, 'GET', `/api/v1/events?since=${TOO_LARGE}`)).status).toBe(400)
  expect((await act({ filter: {}, through: '9223372036854775807' })).status).toBe(200)
})
