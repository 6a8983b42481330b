import { foundCompany, type Company } from './company'
import { expect, signIn, test } from './fixtures'

/** Single sign-on, both ways: opening an original already signed in there, and coming from there into the inbox. */
let company: Company
let handshake = ''
let entry = ''

test.beforeAll(async ({ server }) => {
  company = await foundCompany(server.baseUrl)
  const { admin, connections, seeyon } = company
  const place = `/api/v1/admin/connections/${connections.polled}`
  const changed = await admin.patch(place, { data: { settings: { ssoName: 'huixin', ssoEntry: true } } })
  ;({ handshake, entry } = (
    (await changed.json()) as { ssoUrls: { handshake: string; entry: string } }
  ).ssoUrls)
  seeyon.configure({ ssoName: 'huixin', ssoHandshakeUrl: handshake })
  seeyon.addMember({ loginName: 'lisi', name: '李四' })
})
test.afterAll(() => company.close())

test('an original opens signed in as the person the message belongs to', async ({ page, server }) => {
  const { seeyon, employee } = company
  const sent = seeyon.send('zhangsan', { messageContent: '请审批采购合同' })
  await signIn(page.request, server.baseUrl, employee)
  await page.goto('/')
  const row = page.getByRole('article').filter({ hasText: '请审批采购合同' })
  await expect(row).toBeVisible({ timeout: 15_000 })
  await row.click()
  const [original] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: '在致远中打开' }).click(),
  ])
  const main = original.locator('main[data-original="seeyon"]')
  await expect(main).toHaveAttribute('data-signed-in', 'zhangsan')
  await expect(main).toHaveAttribute('data-reference', sent.referenceId)
  // The address that was used is of no use to anybody else.
  await original.reload()
  await expect(original.locator('main[data-refused]')).toBeVisible()
})

test('who comes with a ticket is signed in, once', async ({ page, browser }) => {
  const ticket = company.seeyon.issueTicket('zhangsan')
  const address = `${entry}?to=${encodeURIComponent('/preferences')}&ticket=${ticket}`
  // The other system's server calls first.
  const ahead = await company.admin.get(address, { headers: { accept: '*/*' } })
  expect(await ahead.text()).toBe('SSOOK')
  await page.goto(address)
  await expect(page).toHaveURL(/\/preferences$/)
  const session = await page.request.get('/api/v1/session')
  expect(await session.json()).toMatchObject({ user: { username: company.employee.username } })

  const stranger = await browser.newContext({ locale: 'zh-CN' })
  const second = await stranger.newPage()
  const answer = await second.goto(address)
  expect(answer?.status()).toBe(409)
  await expect(second.getByText('链接已用过')).toBeVisible()
  await second.getByRole('link', { name: '用密码登录' }).click()
  await expect(second).toHaveURL(/\/login/)
  await stranger.close()
})

test('who is not mapped is told what to do', async ({ page }) => {
  const answer = await page.goto(`${entry}?ticket=${company.seeyon.issueTicket('lisi')}`)
  expect(answer?.status()).toBe(403)
  await expect(page.getByText('登录名「lisi」还没有对应到这里的员工')).toBeVisible()
})

test('an administrator finds both addresses on the connection’s page', async ({ page, server }) => {
  await signIn(page.request, server.baseUrl)
  await page.goto(`/settings/connections/${company.connections.polled}`)
  await expect(page.getByLabel('验证身份的地址')).toHaveValue(handshake)
  await expect(page.getByLabel('进来的地址')).toHaveValue(entry)
})
