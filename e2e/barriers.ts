import type { Page } from '@playwright/test'
import axe, { type AxeResults } from 'axe-core'
import { expect } from './fixtures'

export const LOCALES = ['zh-CN', 'en'] as const
/** Light last, as the next page is loaded. */
const THEMES = ['dark', 'light'] as const
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const HEIGHTS = { 1440: 900, 1024: 768, 375: 812 } as const
type Width = keyof typeof HEIGHTS
/** The widest last. */
const WIDTHS: readonly Width[] = [375, 1024, 1440]

type In = {
  /** The language that the page is in. */
  locale: (typeof LOCALES)[number]
  /** Where the page has another form elsewhere. */
  widths?: readonly Width[]
}

/**
 * What keeps somebody from using the page that is open, as far as a machine can tell: each problem with its look and
 * place. The page is looked at in each theme and width without being loaded anew, and is left wide and light.
 */
export async function barriers(page: Page, name: string, { locale, widths = WIDTHS }: In): Promise<string[]> {
  await expect(page.locator('html')).toHaveAttribute('lang', locale)
  const found: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHTS[width] })
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.waitForFunction((name) => document.documentElement.classList.contains(name), theme)
      const places = await violations(page)
      found.push(...places.map((place) => `${name}, ${locale} ${theme} ${width}: ${place}`))
    }
  }
  return found
}

/** Waits until the page says what it is, and nothing holds the place of what is to come. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('main').or(page.getByRole('heading')).first()).toBeAttached()
  await expect(page.locator('.animate-pulse')).toHaveCount(0)
}

/** Runs in the page itself: the round trips of axe's own driver, with all that is in order, cost more than the check. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: { run: (...of: unknown[]) => Promise<AxeResults> } }
    // What has changed is painted, and whatever a width has called for is loaded.
    const frame = () => new Promise((painted) => requestAnimationFrame(painted))
    do await frame()
    while (document.querySelector('.animate-pulse'))
    await frame()
    const results = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} at ${node.target.join(' ')}`),
    )
  }, TAGS)
}
