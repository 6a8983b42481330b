import { describe, expect, it } from 'vitest'
import { execute } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { countMessages } from './list-messages'

useDatabase()

/** A connection the user is mapped in, as the circuit left it. */
async function aSource(user: string, sql: string): Promise<string> {
  const id = await aConnection()
  await aMapping(id, 'p', user)
  await execute(null, `update connections set ${sql} where id = $1::uuid`, id)
  return id
}

const DOWN = `failures = 3, failing_since = '2026-11-21T06:02:00Z'`

describe('the sources of a user', () => {
  it('say since when one cannot be reached', async () => {
    const user = await aUser()
    const down = await aSource(user, DOWN)
    const well = await aSource(user, 'failures = 0')
    const back = await aSource(user, `failures = 0, failing_since = '2026-11-21T06:02:00Z'`)
    const archived = await aSource(user, `${DOWN}, archived_at = now()`)
    const { connections } = await countMessages(user)
    expect(new Map(connections.map((one) => [one.id, one.failingSince]))).toEqual(
      new Map([
        [down, '2026-11-21T06:02:00.000Z'],
        [well, null],
        [back, null],
        [archived, null],
      ]),
    )
  })

  it('say nothing of what others get their messages from', async () => {
    const [user, other] = [await aUser(), await aUser()]
    const mine = await aSource(user, 'failures = 0')
    await aSource(other, DOWN)
    const { connections } = await countMessages(user)
    expect(connections).toEqual([
      { id: mine, connector: 'test', name: `connection ${mine}`, failingSince: null },
    ])
  })
})
