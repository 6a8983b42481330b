import { describe, expect, it } from 'vitest'
import { card } from './card'
import { jiandaoyun } from './index'
import { FLOW_ACTIONS } from './push/flow-actions'
import { MESSAGE_OPS, OTHER_FAMILY_OPS, TASK_OP, TEST_OP } from './push/ops'
import { settings } from './settings'
import en from './texts.en.json'
import zh from './texts.zh-CN.json'

/** Every text with the path to it. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}/${key}`))
}

describe('the card', () => {
  it('has a setting behind each of its fields, and no other than those meant to be hidden', () => {
    const shown = card.fields.map((field) => field.name)
    const hidden = Object.keys(settings.shape).filter((name) => !shown.includes(name))
    expect(shown).toEqual(['secret', 'allowedHosts', 'apiKey', 'apiUrl', 'forward'])
    expect(hidden).toEqual(['previousSecret'])
  })

  it('shows the defaults that the settings have', () => {
    const defaults = Object.fromEntries(
      card.fields.flatMap((field) => (field.default === undefined ? [] : [[field.name, field.default]])),
    )
    expect(settings.parse({})).toEqual(defaults)
  })

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(card))).toEqual(card)
  })
})

describe.each([
  ['zh-CN', zh],
  ['en', en],
])('the texts in %s', (_, given) => {
  it('say everything that the card names', () => {
    expect(Object.keys(given.fields)).toEqual(card.fields.map((field) => field.name))
    expect(Object.keys(given.guide)).toEqual(card.guide.map((step) => step.id))
    expect(Object.keys(given.mappingKeys)).toEqual(card.mappingKeys)
    expect(Object.keys(given.types)).toEqual([...MESSAGE_OPS.keys()])
    expect(Object.keys(given.ops)).toEqual([TASK_OP, TEST_OP, ...OTHER_FAMILY_OPS])
    expect(Object.keys(given.actions)).toEqual([...FLOW_ACTIONS.keys()])
  })

  it('name every check there can be', async () => {
    // Nobody listens there: the checks are the same ones.
    const all = settings.parse({ secret: 's', apiKey: 'k', apiUrl: 'http://127.0.0.1:9' })
    const checks = await jiandaoyun.test({ connectionId: 'c', settings: all })
    expect(checks.map((check) => check.name)).toEqual(Object.keys(given.checks))
  })

  it('have one letter and no sync words: this vendor cannot be told', () => {
    expect([...given.letter]).toHaveLength(1)
    expect(given).not.toHaveProperty('sync')
  })

  it('are short and plain', () => {
    for (const [path, text] of texts(given)) {
      expect(text.trim(), path).toBe(text)
      expect(text, path).not.toMatch(/^$|您好|[!！]|[。.]$/)
    }
    for (const name of [...Object.values(given.types), ...Object.values(given.actions)])
      expect(name.length, name).toBeLessThanOrEqual(32)
  })
})

it('the texts are the same in number and name', () => {
  expect(texts(en).map(([path]) => path)).toEqual(texts(zh).map(([path]) => path))
})
