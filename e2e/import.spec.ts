import { readFile } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { Page } from '@playwright/test'
import { foundCompany, type Company } from './company'
import { ADMIN, expect, signIn, test } from './fixtures'

/** Who is who, from a spreadsheet and into one, all through the pages. */
test.describe.configure({ mode: 'serial' })

let company: Company
test.beforeAll(async ({ server }) => {
  company = await foundCompany(server.baseUrl)
  const { sender, build, seeyon } = company
  seeyon.addMember({ loginName: 'xiaoyun', name: '小云' })
  // They are nobody here yet: it waits for them.
  const to = [{ username: 'xiaoyun', name: '小云' }]
  expect(await sender.push(build.flow('flow_forward', { to, entryName: '入职登记' }))).toMatchObject({
    status: 200,
  })
})
test.afterAll(() => company.close())
test.beforeEach(({ page, server }) => signIn(page.request, server.baseUrl, ADMIN))

let link = ''

test('a file from Excel is tried, mended and brought in; the new employee gets a link', async ({ page }) => {
  const { names, employee, seeyon } = company
  const memberId = seeyon.member('xiaoyun').id
  const heading = ['用户名', '姓名', '邮箱', names.pushing, names.polled, '部门']
  const colleague = await anotherEmployee()
  const rows = (cell: string) => [
    heading,
    [employee.username, '张三', '', 'zhangsan', 'zhangsan', '采购部'],
    [colleague, '李四', '', 'lisi', '', '采购部'],
    ['xiaoyun', '小云', 'xiaoyun@example.com', 'xiaoyun', cell, '人事部'],
  ]

  await page.goto('/settings/mappings/import')
  await choose(page, rows('6.67E+18'))
  await expect(page.getByText('GB18030 编码')).toBeVisible()
  await expect(page.getByText('这些列不是连接的名称，不会导入：部门。')).toBeVisible()
  const errors = page.getByRole('table').first().locator('tbody tr')
  const ruined = new RegExp(`^4${names.polled}Excel 已把长数字变成科学记数`)
  await expect(errors).toHaveText([ruined, /^4用户名没有这个用户$/])
  await expect(importButton(page)).toBeDisabled()
  await page.getByLabel('创建不存在的员工').check()
  // The one is allowed now; digits that are lost stay lost.
  await expect(errors).toHaveText([ruined])
  await expect(importButton(page)).toBeDisabled()

  await page.getByRole('button', { name: '换一个文件' }).click()
  await choose(page, rows(`id:${memberId}`))
  await expect(page.getByRole('table').locator('tbody tr')).toHaveText([
    `4xiaoyun新员工新建用户${names.pushing}：对应 xiaoyun${names.polled}：对应 ${memberId}`,
    `3${colleague}有改动${names.pushing}：对应 lisi`,
    `2${employee.username}无改动–`,
  ])
  await expect(page.getByText('会送达 1 条等着的消息。')).toBeVisible()
  await importButton(page).click()

  await expect(page.getByRole('status').filter({ hasText: '已导入' })).toContainText('新建 1 名员工')
  await expect(page.getByText('只显示这一次')).toBeVisible()
  const links = await page.getByRole('textbox', { name: '一次性链接' }).inputValue()
  expect(links).toMatch(/^小云 \(xiaoyun\)\thttp:\/\/[^\s]+\/welcome#\S+$/)
  link = links.split('\t')[1]!
  // Nobody leaves without the links unasked.
  await page.getByRole('button', { name: '看人员对应' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '取消' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 CSV' }).click(),
  ])
  expect(await readFile(await file.path(), 'utf8')).toBe(
    `\ufeffusername,name,link\r\nxiaoyun,小云,${link}\r\n`,
  )
  await page.getByRole('button', { name: '看人员对应' }).click()
  await expect(page.getByRole('row').filter({ hasText: '小云' }).filter({ hasText: 'xiaoyun' })).toHaveCount(
    2,
  )
})

test('the link sets a password, once, and what waited is there', async ({ browser, server }) => {
  company.seeyon.send('xiaoyun', { messageContent: '李四发起协同《迎新安排》' })
  const context = await browser.newContext({ baseURL: server.baseUrl })
  const page = await context.newPage()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: '小云，设置一个密码' })).toBeVisible()
  await page.getByLabel('密码', { exact: true }).fill('a-password-of-mine')
  await page.getByRole('button', { name: '设好并登录' }).click()
  const rows = page.getByRole('article')
  await expect(rows.filter({ hasText: '入职登记' })).toHaveCount(1)
  // The id of 19 digits came through the spreadsheet whole: their other messages come too.
  await expect(rows.filter({ hasText: '迎新安排' })).toHaveCount(1, { timeout: 15_000 })

  await page.goto('about:blank')
  await page.context().clearCookies()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: '链接不能用了' })).toBeVisible()
  await signIn(page.request, server.baseUrl, { username: 'xiaoyun', password: 'a-password-of-mine' })
  await page.goto('/')
  await expect(rows.filter({ hasText: '入职登记' })).toHaveCount(1)
  await context.close()
})

test('the export opens in Excel, and an import takes it back without a change', async ({ page }) => {
  await page.goto('/settings/mappings/import')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '导出 CSV' }).click(),
  ])
  const bytes = await readFile(await file.path())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [heading, ...lines] = bytes.toString('utf8').slice(1).trim().split('\r\n')
  const cells = lines.find((line) => line.startsWith('xiaoyun,'))!.split(',')
  const row = Object.fromEntries(heading!.split(',').map((column, at) => [column, cells[at]]))
  expect(row).toMatchObject({ username: 'xiaoyun', name: '小云', email: 'xiaoyun@example.com' })
  expect(row[company.names.pushing]).toBe('xiaoyun')
  expect(['xiaoyun', `id:${company.seeyon.member('xiaoyun').id}`]).toContain(row[company.names.polled])
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '导出.csv', mimeType: 'text/csv', buffer: bytes })
  await expect(page.getByText('没有要改动的。')).toBeVisible()
  await expect(page.getByText('UTF-8 编码')).toBeVisible()
})

const importButton = (page: Page) => page.getByRole('button', { name: '导入', exact: true })

/** As Excel in Chinese saves it. */
async function choose(page: Page, rows: string[][]): Promise<void> {
  const text = rows.map((row) => row.join(',')).join('\r\n')
  await page.locator('input[type=file]').setInputFiles({
    name: '人员对应.csv',
    mimeType: 'text/csv',
    buffer: iconv.encode(text, 'gb18030'),
  })
}

/** Somebody who is here already and is mapped nowhere. */
async function anotherEmployee(): Promise<string> {
  const username = `lisi-${company.employee.username}`
  await company.admin.post('/api/v1/admin/users', { data: { username, name: '李四' } })
  return username
}
