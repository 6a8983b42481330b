import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allConnectors } from './registry'

const pictures = allConnectors().flatMap(({ id, card }) =>
  card.guide.flatMap((step) =>
    step.picture ? [{ connector: id, step: step.id, picture: step.picture }] : [],
  ),
)

describe('the pictures of the guides', () => {
  it.each(pictures)(
    'of $connector, step $step: a drawing that needs nothing else',
    ({ connector, step, picture }) => {
      expect(picture).toBe(`/guides/${connector}/${step}.svg`)
      const drawing = readFileSync(`public${picture}`, 'utf8')
      expect(drawing).toMatch(
        /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="/,
      )
      expect(drawing).not.toMatch(/<script|<image|<foreignObject|href=|url\(|\son\w+=/)
    },
  )

  it('are all of them shown', () => {
    expect(pictures.length).toBeGreaterThan(0)
    const drawn = allConnectors().flatMap(({ id }) =>
      existsSync(`public/guides/${id}`)
        ? readdirSync(`public/guides/${id}`).map((file) => `/guides/${id}/${file}`)
        : [],
    )
    expect(drawn.sort()).toEqual(pictures.map(({ picture }) => picture).sort())
  })
})
