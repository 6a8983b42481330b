import type { Page } from '@playwright/test'
import { barriers, LOCALES, settled } from './barriers'
import { foundCompany, type Company } from './company'
import { ADMIN, expect, signIn, test } from './fixtures'
import { startServer } from './server'

/** Every page, for everybody: no barrier that can be found by a machine, in every look it has. */
test.describe.configure({ timeout: 120_000 })

let company: Company
const reader = { username: 'reader', password: 'reader-password' }
let invitation = ''
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
  const created = await admin.post('/api/v1/admin/users', { data: { ...reader, name: '赵六' } })
  const { id } = (await created.json()) as { id: string }
  const invited = await admin.post('/api/v1/admin/users/invite', { data: { ids: [id] } })
  const { links } = (await invited.json()) as { links: { url: string }[] }
  invitation = links[0]!.url
})
test.afterAll(() => company.close())

for (const locale of LOCALES) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: 'reduce' } })

    test('pages for everybody', async ({ page }) => {
      const problems: string[] = []
      for (const [name, path] of [
        ['login', '/login'],
        ['an invitation', new URL(invitation).pathname + new URL(invitation).hash],
        ['an invitation that is over', '/welcome#over'],
      ] as const) {
        await page.goto('about:blank')
        await page.goto(path)
        await settled(page)
        problems.push(...(await barriers(page, name, { locale })))
      }
      expect(problems).toEqual([])
    })

    test('the reader’s pages', async ({ page, server }) => {
      const problems: string[] = []
      const check = async (name: string, more: Partial<Parameters<typeof barriers>[2]> = {}) =>
        void problems.push(...(await barriers(page, name, { locale, ...more })))

      await signIn(page.request, server.baseUrl, reader)
      await page.goto('/')
      await settled(page)
      await check('empty inbox')
      await page.goto('/settings/connections')
      await settled(page)
      await check('settings of others')
      await page.goto('/nothing-here')
      await settled(page)
      await check('no such page')

      // An open page would notice that its session is gone and go to the sign-in by itself.
      await page.goto('about:blank')
      await page.context().clearCookies({ name: /session/ })
      await signIn(page.request, server.baseUrl, company.employee)
      await page.goto('/?view=all')
      const rows = page.getByRole('article')
      await expect(rows).toHaveCount(5, { timeout: 15_000 })
      await check('inbox')
      await page.goto(`/?q=${encodeURIComponent('采购')}`)
      await expect(rows.locator('mark').first()).toBeVisible()
      await check('search')
      await page.goto('/?q=nothing-like-this')
      await expect(rows).toHaveCount(0)
      await check('empty search')
      await page.goto('/?view=all')
      await rows.first().click()
      await expect(opened(page)).toBeVisible()
      // On a phone it is a page of its own.
      await check('message beside the list', { widths: [1024, 1440] })
      const { items } = (await (await page.request.get('/api/v1/messages?view=all')).json()) as {
        items: { id: string }[]
      }
      await page.goto(`/messages/${items[0]!.id}`)
      await expect(opened(page)).toBeVisible()
      await check('message')
      await page.goto('/preferences')
      await settled(page)
      await check('preferences')
      expect(problems).toEqual([])
    })

    test('the administrator’s pages', async ({ page, server }) => {
      const [delivery] = (await company.read('/api/v1/admin/deliveries')).items as { id: string }[]
      const { pushing, polled } = company.connections
      await signIn(page.request, server.baseUrl, ADMIN)
      const problems: string[] = []
      for (const path of [
        'connections',
        `connections/${pushing}`,
        `connections/${polled}`,
        `connections/${polled}/send`,
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
        problems.push(...(await barriers(page, path, { locale })))
      }
      expect(problems).toEqual([])
    })
  })
}

test('setting up', async ({ browser }) => {
  const server = await startServer({ env: { ADMIN_USERNAME: '', ADMIN_PASSWORD: '' } })
  try {
    for (const locale of LOCALES) {
      const context = await browser.newContext({ locale, reducedMotion: 'reduce' })
      const page = await context.newPage()
      await page.goto(`${server.baseUrl}/setup`)
      await settled(page)
      expect(await barriers(page, 'setup', { locale })).toEqual([])
      await context.close()
    }
  } finally {
    await server.remove()
  }
})

/** The heading of the message that is open. */
const opened = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 })
