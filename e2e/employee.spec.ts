import { foundCompany, type Company } from './company'
import { expect, signIn, test } from './fixtures'

/** An employee's own ways: keys, language, and coming back after the session has ended. */
let company: Company
test.beforeAll(async ({ server }) => {
  company = await foundCompany(server.baseUrl)
  const to = [{ username: 'zhangsan', name: '张三' }]
  for (const entryName of ['报销单', '采购申请', '合同审批']) {
    await company.sender.push(company.build.flow('flow_forward', { to, entryName }))
  }
})
test.afterAll(() => company.close())
test.beforeEach(({ page, server }) => signIn(page.request, server.baseUrl, company.employee))

test('keys pick, finish and take back; ? shows them', async ({ page }) => {
  await page.goto('/')
  const rows = page.getByRole('article')
  await expect(rows).toHaveCount(3)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '快捷键' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await expect(page.getByText('已选 2 条')).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByText('已完成 2 条')).toBeVisible()
  await expect(rows).toHaveCount(1)
  // The focus is on what is left.
  await expect(rows.first()).toBeFocused()
  await page.keyboard.press('z')
  await expect(rows).toHaveCount(3)
})

test('the language is chosen in the preferences', async ({ page }) => {
  await page.goto('/preferences')
  await page.getByLabel('语言').click()
  await page.getByRole('option', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Preferences' })).toBeVisible()
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { name: 'To-do' })).toBeVisible()
  await expect(page.getByText('Today').first()).toBeVisible()
})

test('who signs in again is back at the same place', async ({ page, server }) => {
  await page.goto('/')
  await page
    .getByRole('link', { name: /抄送|CC/ })
    .first()
    .click()
  await expect(page).toHaveURL(/view=cc/)
  const place = new URL(page.url())
  // An open page would notice by itself, and go to the sign-in while we do.
  await page.goto('about:blank')
  await page.request.post(`${server.baseUrl}/api/auth/sign-out`, { headers: { origin: server.baseUrl } })
  await page.goto(place.href)
  await expect(page).toHaveURL(/\/login\?.*next=/)
  await page.getByRole('textbox').first().fill(company.employee.username)
  await page.locator('input[type=password]').fill(company.employee.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(place.href)
})
