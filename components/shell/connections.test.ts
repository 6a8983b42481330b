import { expect, it } from 'vitest'
import { someCounts } from '@/lib/client/messages/fixtures/message'
import { connectionsToTell } from './connections'

it('names connections only where a connector has several, those without unread messages too', () => {
  const connections = [
    { id: 'a', connector: 'forms', name: '总部', failingSince: null },
    { id: 'b', connector: 'office', name: '办公', failingSince: null },
    { id: 'c', connector: 'forms', name: '分公司', failingSince: null },
  ]
  const counts = someCounts({ connections, byConnection: { a: 2, b: 1 } })
  expect(connectionsToTell(counts)).toEqual([
    { id: 'a', connector: 'forms', name: '总部', failingSince: null, unread: 2 },
    { id: 'c', connector: 'forms', name: '分公司', failingSince: null, unread: 0 },
  ])
  expect(connectionsToTell(undefined)).toEqual([])
})
