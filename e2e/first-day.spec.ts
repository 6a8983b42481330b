import type { Page } from '@playwright/test'
import { createPushBuilders, createSender } from '@/simulators/jiandaoyun'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import { expect, test } from './fixtures'
import { startServer, type TestServer } from './server'

/** From the first start to the first messages, as an administrator goes: all through the pages. */
test.describe.configure({ mode: 'serial' })

let server: TestServer
let seeyon: SeeyonSimulator
test.beforeAll(async () => {
  server = await startServer({ env: { ADMIN_USERNAME: '', ADMIN_PASSWORD: '' } })
  seeyon = await startSeeyon({ members: [{ loginName: 'zhangsan', name: '张三' }] })
})
test.afterAll(async () => {
  await seeyon.close()
  await server.remove()
})

const admin = { username: '管理员', name: '王五', password: 'administrator-1' }

test('the first administrator is created with the code of the log, once', async ({ page }) => {
  const [, code] = /设置码.*: (\S+)/.exec(server.log()) ?? []
  expect(code).toBeTruthy()
  await page.goto(server.baseUrl)
  await expect(page).toHaveURL(/\/setup$/)
  await page.getByLabel('设置码').fill('WRONG-CODE')
  await page.getByLabel('用户名').fill(admin.username)
  await page.getByLabel('姓名').fill(admin.name)
  await page.getByLabel('密码', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: '创建并登录' }).click()
  await expect(page.getByText('设置码不对')).toBeVisible()
  await page.getByLabel('设置码').fill(code!)
  await page.getByRole('button', { name: '创建并登录' }).click()
  await expect(page.getByRole('heading', { name: '连接' })).toBeVisible()

  const again = await page.request.post(`${server.baseUrl}/api/setup`, {
    data: { code, ...admin, username: 'another' },
    headers: { origin: server.baseUrl },
  })
  expect(again.status()).toBe(409)
  // An open page would notice that its session is gone and go to the sign-in by itself.
  await page.goto('about:blank')
  await page.context().clearCookies()
  await page.goto(`${server.baseUrl}/setup`)
  await expect(page).toHaveURL(/\/login/)
})

test('connecting a system that pushes, in the vendor’s own order', async ({ page }) => {
  await enter(page)
  await page.goto(`${server.baseUrl}/settings/connections`)
  await page.getByRole('link', { name: '添加连接' }).first().click()
  await page.getByText('简道云', { exact: true }).click()
  await page.getByRole('button', { name: '创建并取得地址' }).click()
  const address = page.getByLabel('推送地址')
  await expect(address).toHaveValue(/\/api\/webhooks\/[0-9a-f-]{36}$/)
  const webhookUrl = await address.inputValue()

  // The vendor's test comes before there is a secret, with whatever it holds.
  await expect(page.getByText('等待测试请求')).toBeVisible()
  const probe = await page.request.post(webhookUrl, { data: { op: 'data_test' } })
  expect(probe.status()).toBe(200)
  await expect(page.getByText(/^收到测试请求/)).toBeVisible({ timeout: 3_000 })

  const secret = page.getByLabel('Secret', { exact: true })
  await secret.fill('made-by-the-vendor')
  await page.locator('form').filter({ has: secret }).getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存。')).toBeVisible()

  await expect(page.getByText('等待第一条推送')).toBeVisible()
  const to = [{ username: 'zhangsan', name: '张三' }]
  const wrong = createSender({ webhookUrl, secret: 'another' })
  expect(await wrong.push(createPushBuilders().flow('flow_forward', { to }))).toMatchObject({ status: 401 })
  await expect(page.getByText(/^签名不对/)).toBeVisible({ timeout: 3_000 })
  const sender = createSender({ webhookUrl, secret: 'made-by-the-vendor' })
  expect(await sender.push(createPushBuilders().flow('flow_forward', { to }))).toMatchObject({ status: 200 })
  await expect(page.getByText(/^收到推送.*签名正确/)).toBeVisible({ timeout: 3_000 })
})

test('connecting a system that is polled, with each check of the test', async ({ page }) => {
  await enter(page)
  await page.goto(`${server.baseUrl}/settings/connections`)
  await page.getByRole('link', { name: '添加连接' }).first().click()
  await page.getByText('致远 OA', { exact: true }).click()
  await page.getByLabel('服务器地址').fill(seeyon.baseUrl)
  await page.getByLabel('REST 用户名').fill(seeyon.restUser)
  await page.getByLabel('REST 密码').fill('not the password')
  await page.getByRole('button', { name: '保存并测试' }).click()
  await expect(page.getByRole('heading', { name: '测试' })).toBeVisible()
  await expect(page.getByText(/不认这个 REST 用户/)).toBeVisible()
})

test('a waiting person is mapped and gets what waited', async ({ page }) => {
  await enter(page)
  await page.goto(`${server.baseUrl}/settings/people`)
  await page.getByRole('button', { name: '添加员工' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('用户名').fill('zhangsan')
  await dialog.getByLabel('姓名').fill('张三')
  await dialog.getByLabel(/^密码/).fill('employee-password')
  await dialog.getByRole('button', { name: '添加' }).click()
  await expect(dialog).toHaveCount(0)

  await page.goto(`${server.baseUrl}/settings/mappings`)
  const row = page.getByRole('row').filter({ hasText: '张三' })
  await expect(row).toContainText('1')
  await row.getByRole('button', { name: '对应张三' }).click()
  await page.getByRole('dialog').getByRole('combobox').fill('zhangsan')
  await page.getByRole('option', { name: /张三/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '对应' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.goto('about:blank')
  await page.context().clearCookies()
  await enter(page, { username: 'zhangsan', password: 'employee-password' })
  await page.goto(server.baseUrl)
  await expect(page.getByRole('article')).toHaveCount(1)
})

async function enter(page: Page, who: { username: string; password: string } = admin) {
  const { username, password } = who
  const answer = await page.request.post(`${server.baseUrl}/api/auth/sign-in/username`, {
    data: { username, password },
    headers: { origin: server.baseUrl },
  })
  expect(answer.status()).toBe(200)
}
