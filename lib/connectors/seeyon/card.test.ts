import { describe, expect, it } from 'vitest'
import { seeyon } from '.'
import { settings } from './settings'

const { card, texts } = seeyon

describe.each(['zh-CN', 'en'] as const)('the card in %s', (locale) => {
  const words = texts[locale]

  it('has words for every field, step, mapping key and option', () => {
    expect(Object.keys(words.fields).sort()).toEqual(card.fields.map(({ name }) => name).sort())
    expect(Object.keys(words.guide)).toEqual(card.guide.map(({ id }) => id))
    expect(Object.keys(words.mappingKeys)).toEqual(card.mappingKeys)
    for (const { name, options } of card.fields) {
      expect(Object.keys(words.fields[name]?.options ?? {})).toEqual(options ?? [])
    }
  })

  it('says what is so, briefly, without exclamation marks', () => {
    for (const text of JSON.stringify(words).match(/"(?:[^"\\]|\\.)*"/g) ?? []) {
      expect(text).not.toMatch(/[!！]|您好|\s"$|^"\s/)
    }
    expect(words.letter).toHaveLength(1)
    expect(words.sync).toBeDefined()
  })

  it('names every message category of the vendor, and whatever else comes', () => {
    const upTo106 = Array.from({ length: 107 }, (_, code) => code).filter(
      (code) => code !== 46 && code !== 50,
    )
    const codes = [...upTo106, 400, 401, 402, 403, 404, 998, 999].map(String)
    expect(codes).toHaveLength(112)
    expect(Object.keys(words.types).sort()).toEqual([...codes, 'other'].sort())
    expect(Object.values(words.types).every((name) => name.trim() === name && name !== '')).toBe(true)
  })

  it('names the same message categories as the other language', () => {
    expect(Object.keys(words.types)).toEqual(Object.keys(texts['zh-CN'].types))
  })
})

describe('the card', () => {
  it('has a field for every setting, with the same default', () => {
    const least = { baseUrl: 'http://oa.example.com', restUser: 'rest', restPassword: 'password' }
    const full: Record<string, unknown> = settings.parse(least)
    expect(card.fields.map(({ name }) => name).sort()).toEqual(Object.keys(full).sort())
    for (const field of card.fields) {
      if (field.default !== undefined) expect(full[field.name]).toBe(field.default)
      expect(field.required === true).toBe(field.name in least)
    }
  })

  it('keeps no number that the settings refuse', () => {
    const least = { baseUrl: 'http://oa.example.com', restUser: 'rest', restPassword: 'password' }
    for (const { name, min, max, kind } of card.fields) {
      if (kind !== 'number') continue
      expect(settings.safeParse({ ...least, [name]: min }).success).toBe(true)
      expect(settings.safeParse({ ...least, [name]: max }).success).toBe(true)
      expect(settings.safeParse({ ...least, [name]: (min ?? 0) - 1 }).success).toBe(false)
      expect(settings.safeParse({ ...least, [name]: (max ?? 0) + 1 }).success).toBe(false)
    }
  })

  it('polls at the pace of the settings', () => {
    const given = settings.parse({
      baseUrl: 'http://oa.example.com',
      restUser: 'rest',
      restPassword: 'password',
      pollSeconds: 1,
      concurrency: 3,
    })
    expect(seeyon.pull?.pace(given)).toEqual({ pollSeconds: 1, concurrency: 3 })
  })
})
