import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { foundCompany, type Company } from './company'
import { ADMIN, expect, signIn, test } from './fixtures'
import { startServer } from './server'

/** Every page, for everybody: no barrier that can be found by a machine, in every look it has. */
const LOOKS = (['light', 'dark'] as const).flatMap((theme) =>
  (['zh-CN', 'en'] as const).flatMap((locale) =>
    ([1440, 375] as const).map((width) => ({ theme, locale, width, name: `${theme} ${locale} ${width}` })),
  ),
)
type Look = (typeof LOOKS)[number]
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let company: Company
const reader = { username: 'reader', password: 'reader-password' }
test.beforeAll(async ({ server }) => {
  company = await foundCompany(server.baseUrl)
  const { sender, build, admin, seeyon } = company
  const to = [{ username: 'zhangsan', name: '张三' }]
  const content = '申请人: 小云\n金额: ¥12,300'
  for (const action of ['flow_forward', 'flow_back', 'flow_cc'] as const) {
    await sender.push(build.flow(action, { to, entryName: '采购申请', content }))
  }
  await sender.push(build.message('data_update_message', { to }))
  // Somebody nobody has mapped, so that something waits.
  await sender.push(build.flow('flow_forward', { to: [{ username: 'lisi', name: '李四' }] }))
  seeyon.send('zhangsan', {
    messageContent: '李四发起协同《年度采购计划》',
    linkType: 'message.link.col.pending',
  })
  await admin.post('/api/v1/admin/users', { data: { ...reader, name: '赵六' } })
})
test.afterAll(() => company.close())

test.describe('the reader’s pages', () => {
  for (const look of LOOKS) {
    test(look.name, async ({ browser, server }) => {
      const problems = await inLook(browser, server.baseUrl, look, async (page, check) => {
        await page.goto('/login')
        await expect(page.getByRole('textbox').first()).toBeVisible()
        await check('login')

        await signIn(page.request, server.baseUrl, reader)
        await page.goto('/')
        await settled(page)
        await check('empty inbox')

        // An open page would notice that its session is gone and go to the sign-in by itself.
        await page.goto('about:blank')
        await page.context().clearCookies({ name: /session/ })
        await signIn(page.request, server.baseUrl, company.employee)
        await page.goto('/?view=all')
        const rows = page.getByRole('article')
        await expect(rows.first()).toBeVisible({ timeout: 15_000 })
        await check('inbox')
        await page.goto(`/?q=${encodeURIComponent('采购')}`)
        await expect(rows.locator('mark').first()).toBeVisible()
        await check('search')
        await page.goto('/?q=nothing-like-this')
        await expect(rows).toHaveCount(0)
        await settled(page)
        await check('empty search')
        await page.goto('/?view=all')
        await rows.first().click()
        await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toBeVisible()
        await settled(page)
        await check('message')
        await page.goto('/preferences')
        await settled(page)
        await check('preferences')
      })
      expect(problems).toEqual([])
    })
  }
})

test.describe('the administrator’s pages', () => {
  for (const look of LOOKS) {
    test(look.name, async ({ browser, server }) => {
      const [delivery] = (await company.read('/api/v1/admin/deliveries')).items as { id: string }[]
      const problems = await inLook(browser, server.baseUrl, look, async (page, check) => {
        await signIn(page.request, server.baseUrl, ADMIN)
        const { pushing, polled } = company.connections
        for (const path of [
          'connections',
          `connections/${pushing}`,
          `connections/${polled}`,
          'connections/new',
          'mappings',
          'mappings/import',
          'people',
          'deliveries',
          `deliveries/${delivery!.id}`,
          'activity',
        ]) {
          const answer = await page.goto(`/settings/${path}`)
          expect(answer?.status(), path).toBe(200)
          await settled(page)
          await check(path)
        }
      })
      expect(problems).toEqual([])
    })
  }
})

test('setting up', async ({ browser }) => {
  const server = await startServer({ env: { ADMIN_USERNAME: '', ADMIN_PASSWORD: '' } })
  try {
    for (const look of LOOKS) {
      const problems = await inLook(browser, server.baseUrl, look, async (page, check) => {
        await page.goto('/setup')
        await expect(page.getByRole('textbox').first()).toBeVisible()
        await check('setup')
      })
      expect(problems, look.name).toEqual([])
    }
  } finally {
    await server.remove()
  }
})

/** Goes through pages that look like this, and gives what barriers were found, with their places. */
async function inLook(
  browser: Browser,
  baseURL: string,
  { theme, locale, width }: Look,
  go: (page: Page, check: (name: string) => Promise<void>) => Promise<void>,
): Promise<string[]> {
  const context: BrowserContext = await browser.newContext({
    baseURL,
    locale,
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    // What is still fading in has no contrast yet.
    reducedMotion: 'reduce',
    viewport: { width, height: width === 375 ? 812 : 900 },
  })
  const problems: string[] = []
  try {
    const page = await context.newPage()
    await go(page, async (name) => {
      await expect(page.locator('html')).toHaveAttribute('lang', locale)
      await expect(page.locator('html')).toContainClass(theme)
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
      for (const { id, nodes } of violations) {
        problems.push(...nodes.map((node) => `${name}: ${id} at ${node.target.join(' ')}`))
      }
    })
  } finally {
    await context.close()
  }
  return problems
}

/** Waits until the page says what it is and nothing holds the place of what is to come. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading').first()).toBeAttached()
  await expect(page.locator('.animate-pulse')).toHaveCount(0)
}
