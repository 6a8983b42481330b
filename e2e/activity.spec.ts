import type { Page } from '@playwright/test'
import { foundCompany, type Company } from './company'
import { ADMIN, expect, signIn, test } from './fixtures'

/** Whether everything flows, as an administrator sees it, and who changed what. */
let company: Company
test.beforeAll(async ({ server }) => {
  company = await foundCompany(server.baseUrl)
})
test.afterAll(() => company.close())
test.beforeEach(({ page, server }) => signIn(page.request, server.baseUrl, ADMIN))

const card = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name, exact: true }) })
const FAILING = /^出错 · \d\d:\d\d 起$/
/** The page asks every ten seconds, and a system that was away is tried again after a pause. */
const ANEW = { timeout: 45_000 }

test('each connection says when it last worked, what is wrong in words, and that it is well again', async ({
  page,
}) => {
  test.slow()
  const { names, seeyon, sender, build } = company
  const to = [{ username: 'zhangsan', name: '张三' }]
  await sender.push(build.flow('flow_forward', { to }))
  await sender.push(build.flow('flow_forward', { to: [{ username: 'lisi', name: '李四' }] }))
  await page.goto('/settings/activity')
  const pushing = card(page, names.pushing)
  const polled = card(page, names.polled)
  await expect(pushing).toContainText('收到 2 = 送达 1 + 待对应 1 + 重复 0 + 死信 0')
  await expect(pushing.getByRole('img', { name: '对得上' })).toBeVisible()
  await expect(pushing.getByRole('link', { name: /1 人.*1 条消息在等/ })).toBeVisible()
  for (const one of [pushing, polled]) {
    await expect(one.getByText('上次成功').locator('..').getByRole('time')).toBeVisible(ANEW)
  }
  await expect(polled).toContainText('在查询的人1 人')
  await expect(page.getByText('一切正常')).toBeVisible()

  seeyon.fault({ kind: 'status500' })
  await expect(polled.getByText(FAILING)).toBeVisible(ANEW)
  await expect(polled).toContainText('致远对 message/unread 回了 500')
  await expect(polled).toContainText(/起出错。.*恢复后会补上。/)
  await expect(page.getByRole('status').filter({ hasText: '个连接有问题' })).toBeVisible()
  // The other one goes on, and what is wrong stands first.
  await expect(page.getByRole('heading', { level: 3 }).first()).toHaveText(names.polled)
  await expect(pushing.getByText(FAILING)).toHaveCount(0)

  // What came while it was away is caught up with.
  seeyon.send('zhangsan', { messageContent: '李四发起协同《年度采购计划》' })
  seeyon.clearFaults()
  await expect(polled.getByText(FAILING)).toHaveCount(0, ANEW)
  await expect(polled).toContainText('收到 1 = 送达 1 +', ANEW)
  await expect(page.getByText('一切正常')).toBeVisible()
})

test('the log says who did what, and is narrowed to one person and to one kind', async ({ page, server }) => {
  const { employee, names, admin } = company
  const second = { username: `boss-${employee.username}`, password: 'another-administrator' }
  await admin.post('/api/v1/admin/users', { data: { ...second, name: '王五', role: 'admin' } })
  const { items } = (await company.read(
    `/api/v1/admin/mappings?connection=${company.connections.pushing}`,
  )) as {
    items: { personId: string; externalId: string }[]
  }
  const zhangsan = items.find(({ externalId }) => externalId === 'zhangsan')!
  await page.context().clearCookies()
  await signIn(page.request, server.baseUrl, second)
  await page.request.delete(`/api/v1/admin/mappings/${zhangsan.personId}`, {
    headers: { origin: server.baseUrl },
  })
  await page.goto('/settings/activity')
  const entries = page.getByRole('main').locator('ol').getByRole('listitem')
  await expect(entries.first()).toContainText(
    new RegExp(`^${second.username} 解除了「${names.pushing}」的「.+」的对应`),
  )
  await expect(entries.filter({ hasText: `${ADMIN.username} 添加了连接「${names.polled}」` })).toHaveCount(1)
  await expect(
    entries.filter({ hasText: `${ADMIN.username} 添加了员工 王五 (${second.username})角色：管理员` }),
  ).toHaveCount(1)

  await entries.first().getByRole('button', { name: second.username }).click()
  await expect(entries).toHaveCount(1)
  await expect(page).toHaveURL(new RegExp(`who=${second.username}`))
  await page.getByRole('combobox', { name: '类别' }).click()
  await page.getByRole('option', { name: '推送', exact: true }).click()
  await expect(page.getByText('没有符合条件的记录')).toBeVisible()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await expect(entries.nth(1)).toBeVisible()
})
