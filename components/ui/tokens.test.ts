import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The colours of app/globals.css, measured as WCAG 2 does: AA for text, 3:1 for controls and focus rings. */
const css = readFileSync('app/globals.css', 'utf8')
const GROUNDS = ['background', 'surface', 'raised', 'hover', 'selected']
const TEXTS = ['text', 'text-muted', 'text-faint', 'accent', 'danger', 'warning', 'success']
const PAIRS: [text: string, ground: string][] = [
  ['accent-text', 'accent'],
  ['accent-text', 'accent-hover'],
  ['accent-text', 'danger'],
  ['accent-text', 'danger-hover'],
  ...['accent', 'danger', 'warning', 'success'].flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`],
    ['text', `${tone}-soft`],
    ['text-muted', `${tone}-soft`],
  ]),
]

type Colour = [lightness: number, chroma: number, hue: number]

function tokensOf(selector: string): Map<string, Colour> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('\n}', start))
  const found = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)
  return new Map([...found].map(([, name, ...parts]) => [name!, parts.map(Number) as Colour]))
}

/** Relative luminance, by way of linear sRGB (Björn Ottosson's OKLab matrices). */
function luminance([lightness, chroma, hue]: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  const within = (value: number) => Math.min(1, Math.max(0, value))
  return 0.2126 * within(red) + 0.7152 * within(green) + 0.0722 * within(blue)
}

function contrast(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

describe.each([':root', '.dark'])('the theme of %s', (selector) => {
  const tokens = tokensOf(selector)
  const colour = (name: string): Colour => {
    const value = tokens.get(name)
    if (!value) throw new Error(`no --${name} in ${selector}`)
    return value
  }
  const between = (one: string, other: string) => contrast(colour(one), colour(other))

  it('measures black on white as 21', () => {
    expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1)
  })

  it.each(TEXTS)('makes --%s readable wherever it stands', (text) => {
    for (const ground of GROUNDS) expect(between(text, ground), ground).toBeGreaterThanOrEqual(4.5)
  })

  it.each(PAIRS)('makes --%s readable on --%s', (text, ground) => {
    expect(between(text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['control', 'ring'])('makes --%s stand out', (edge) => {
    for (const ground of GROUNDS) expect(between(edge, ground), ground).toBeGreaterThanOrEqual(3)
  })

  it('makes every hue of a tile readable', () => {
    const figure = (name: string) =>
      Number(new RegExp(`--${name}: ([\\d.]+)`).exec(css.slice(css.indexOf(`${selector} {`)))?.[1])
    for (let hue = 0; hue < 360; hue += 10) {
      const ground: Colour = [figure('tile-lightness'), figure('tile-chroma'), hue]
      const text: Colour = [figure('tile-text-lightness'), figure('tile-text-chroma'), hue]
      expect(contrast(ground, text), `hue ${hue}`).toBeGreaterThanOrEqual(4.5)
    }
  })
})
