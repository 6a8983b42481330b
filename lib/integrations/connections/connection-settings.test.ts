import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Card, Connector } from '@/lib/connectors/contract'
import type { ConnectionRow } from './connection-store'
import { mergeSettings, sealSettings, shownSettings } from './connection-settings'

const ID = '3f1a1f3e-6f57-4a42-9a3e-0f6c2f0f8a10'
const earlier = z.object({ value: z.string(), until: z.string() }).optional()
const secret = z.string().optional()

/** Two secrets that rotate and one that does not. */
const card: Card = {
  tile: { hue: 0 },
  fields: [
    { name: 'signKey', kind: 'secret', rotates: true },
    { name: 'token', kind: 'secret', rotates: true },
    { name: 'password', kind: 'secret' },
    { name: 'place', kind: 'text' },
  ],
  guide: [],
  mappingKeys: [],
  tellsRead: false,
}
const connector = {
  card,
  settings: z.object({
    ...{ signKey: secret, previousSignKey: earlier, token: secret, previousToken: earlier },
    ...{ password: secret, place: z.string() },
  }),
} as unknown as Connector

/** The settings as an administrator sees them once all of these were saved, one after the other. */
function shownAfter(...changes: Record<string, unknown>[]) {
  const values = changes.reduce((before, change) => mergeSettings(connector, before, change, 'en'), {})
  return shownSettings({ id: ID, ...sealSettings(ID, card, values) } as ConnectionRow, connector)
}

describe('the settings as they are shown', () => {
  const first = { signKey: 'sign-1', token: 'token-1', password: 'pass-1', place: 'here' }

  it('say until when the earlier value of each rotating secret is taken, and never a value', () => {
    const until = { until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }
    const shown = shownAfter(first, { signKey: 'sign-2', password: 'pass-2' }, { token: 'token-2' })
    expect(shown).toEqual({
      settings: { place: 'here', previousSignKey: until, previousToken: until },
      secretsSet: ['signKey', 'token', 'password'],
    })
    expect(JSON.stringify(shown)).not.toMatch(/sign-|token-|pass-/)
  })

  it('say nothing of it where there is no earlier one', () => {
    expect(shownAfter(first).settings).toEqual({ place: 'here' })
    expect(shownAfter(first, { signKey: 'sign-2' }, { signKey: null }).settings).toEqual({ place: 'here' })
  })
})
