import { foundCompany, type Company } from './company'
import { expect, test } from './fixtures'

let company: Company
test.beforeAll(async ({ server }) => {
  company = await foundCompany(server.baseUrl)
})
test.afterAll(() => company.close())

test('a push and a polled message meet in one inbox, and what is read here is read there', async ({
  page,
}) => {
  const { seeyon, sender, build, pages, employee } = company

  await page.goto('/')
  await expect(page).toHaveURL(/\/login/)
  await page.getByLabel('用户名').fill(employee.username)
  await page.getByLabel('密码', { exact: true }).fill(employee.password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { name: '待办' })).toBeVisible()
  await page.getByRole('link', { name: /^未读/ }).click()
  // Whatever reloads the page takes this with it.
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))

  const pushed = page.getByRole('article').filter({ hasText: '采购申请' })
  await expect(pushed).toHaveCount(0)
  const to = [{ username: 'zhangsan', name: '张三' }]
  const content = '申请人: <script>document.title="owned"</script>\n金额: ¥12,300'
  const answer = await sender.push(build.flow('flow_forward', { to, entryName: '采购申请', content }))
  expect(answer).toMatchObject({ status: 200, text: 'success' })
  await expect(pushed).toContainText('¥12,300')
  await expect(pushed).toContainText('<script>')

  seeyon.send('zhangsan', {
    messageContent: '李四发起协同《年度采购计划》',
    linkType: 'message.link.col.pending',
  })
  const polled = page.getByRole('article').filter({ hasText: '年度采购计划' })
  await expect(polled).toBeVisible({ timeout: 15_000 })

  // Opening one goes through its link, in the vendor's own page.
  await pushed.click()
  const [original] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: '在简道云中打开' }).click(),
  ])
  await expect(original.locator('[data-original=jiandaoyun]')).toBeVisible()
  expect(pages.opened()).toHaveLength(1)
  await original.close()
  await expect(pushed.getByText('未读', { exact: true })).toHaveCount(0)

  // Marking the other one read tells its system, once the time to undo is over.
  expect(seeyon.unread('zhangsan')).toHaveLength(1)
  await polled.hover()
  await polled.getByRole('button', { name: '标为已读' }).click()
  await expect.poll(() => seeyon.unread('zhangsan').length, { timeout: 30_000 }).toBe(0)
  await page.getByRole('link', { name: /^全部/ }).click()
  await polled.click()
  await expect(page.getByText('已同步到致远')).toBeVisible()

  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
  expect(await page.title()).not.toContain('owned')
  for (const id of Object.values(company.connections)) {
    const balance = await company.read(`/api/v1/admin/connections/${id}/balance`)
    expect(balance).toMatchObject({ received: 1, delivered: 1, difference: 0 })
  }
})

test('done, undone by the toast, and marking all seen so far', async ({ page, server }) => {
  const { sender, build, employee } = company
  const to = [{ username: 'zhangsan', name: '张三' }]
  await page.request.post(`${server.baseUrl}/api/auth/sign-in/username`, {
    data: employee,
    headers: { origin: server.baseUrl },
  })
  for (const entryName of ['报销单', '合同审批'])
    await sender.push(build.flow('flow_forward', { to, entryName }))
  await page.goto('/')
  const claim = page.getByRole('article').filter({ hasText: '报销单' })
  await claim.hover()
  await claim.getByRole('button', { name: '完成' }).click()
  await expect(claim).toHaveCount(0)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(claim).toBeVisible()

  await page.getByRole('link', { name: /^未读/ }).click()
  await expect(claim).toBeVisible()
  await page.getByRole('button', { name: '全部已读' }).click()
  await expect(page.getByRole('article')).toHaveCount(0)
  // What comes after the act is not swept along.
  await sender.push(build.flow('flow_forward', { to, entryName: '出差申请' }))
  await expect(page.getByRole('article').filter({ hasText: '出差申请' })).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(1)
})
