import type { Page } from '@playwright/test'
import { foundCompany, type Company } from './company'
import { expect, signIn, test } from './fixtures'

const FORMS = ['采购申请', '合同审批', '出差申请'] as const
const MANY = 60

let company: Company
test.beforeAll(async ({ server }) => {
  company = await foundCompany(server.baseUrl)
  const { sender, build } = company
  const to = [{ username: 'zhangsan', name: '张三' }]
  const contents = [
    '申请人: 小云\n用途: 显示器',
    '供应商: Ｈｕａｗｅｉ 技术\n金额: ¥12,300',
    '申请人: 小云\n目的地: 上海',
  ]
  for (const [index, entryName] of FORMS.entries()) {
    await sender.push(build.flow('flow_forward', { to, entryName, content: contents[index] }))
  }
  company.seeyon.send('zhangsan', {
    messageContent: '李四发起协同《年度采购计划》',
    linkType: 'message.link.col.pending',
    senderName: '李四',
  })
})
test.afterAll(() => company.close())
test.beforeEach(({ page, server }) => signIn(page.request, server.baseUrl, company.employee))

const field = (page: Page) => page.getByRole('searchbox', { name: '搜索' })
const rows = (page: Page) => page.getByRole('article')
const nothing = (page: Page) => page.getByRole('button', { name: '清除搜索' })
const marks = (page: Page) => rows(page).locator('mark')

test('finds two Chinese characters everywhere, marks them, and keeps to the view on demand', async ({
  page,
}) => {
  await page.goto('/?view=cc')
  await expect(page.getByText('没有抄送')).toBeVisible()
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('采购')
  await expect(page.getByRole('heading', { name: '搜索结果' })).toBeVisible()
  await expect(rows(page)).toHaveCount(2, { timeout: 15_000 })
  await expect(marks(page)).toHaveText(['采购', '采购'])
  expect(new URL(page.url()).searchParams.get('q')).toBe('采购')
  // Nobody takes the focus from somebody who types.
  await expect(field(page)).toBeFocused()

  await page.getByRole('button', { name: '只搜「抄送」' }).click()
  await expect(nothing(page)).toBeVisible()
  await page.getByRole('button', { name: '在全部消息里找' }).click()
  await expect(rows(page)).toHaveCount(2)
})

test('makes no difference of case or width, and shows the text where the words are', async ({ page }) => {
  await page.goto('/')
  await field(page).fill('HUAwei')
  await expect(rows(page)).toHaveCount(1)
  await expect(marks(page)).toHaveText(['Ｈｕａｗｅｉ'])
  await field(page).fill('显示器')
  await expect(rows(page)).toHaveCount(1)
  await expect(marks(page)).toHaveText(['显示器'])
  await rows(page).click()
  const detail = page.getByRole('region', { name: '消息' })
  await expect(detail.locator('mark').first()).toHaveText('显示器')
})

test('understands senders, forms and states', async ({ page }) => {
  await page.goto('/')
  await field(page).fill('发送人:李四')
  await expect(rows(page)).toHaveCount(1, { timeout: 15_000 })
  await expect(rows(page)).toContainText('年度采购计划')
  await field(page).fill('from:李四 form:合同')
  await expect(nothing(page)).toBeVisible()
  await field(page).fill('form:合同')
  await expect(rows(page)).toHaveCount(1)

  await field(page).fill('申请 is:starred')
  await expect(nothing(page)).toBeVisible()
  await field(page).fill('申请')
  const trip = rows(page).filter({ hasText: '出差申请' })
  await trip.hover()
  await trip.getByRole('button', { name: '加星标' }).click()
  await field(page).fill('申请 is:starred')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('出差申请')

  // A chip narrows what is searched, and stays what it is.
  await field(page).fill('采购')
  await expect(rows(page)).toHaveCount(2)
  await page.getByRole('button', { name: '简道云', exact: true }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('采购申请')
})

test('Escape empties and leaves, Enter and ↓ go on to the rows, Back goes where one was', async ({
  page,
}) => {
  await page.goto('/?view=all')
  await expect(rows(page)).toHaveCount(4, { timeout: 15_000 })
  await page.keyboard.press('/')
  await page.keyboard.type('采购')
  await expect(rows(page)).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).first()).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await expect(rows(page).first()).toBeFocused()

  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  await expect(field(page)).toHaveValue('')
  await expect(field(page)).toBeFocused()
  await expect(rows(page)).toHaveCount(4)
  await page.keyboard.press('Escape')
  await expect(rows(page).first()).toBeFocused()

  await page.goBack()
  await expect(field(page)).toHaveValue('采购')
  await expect(rows(page)).toHaveCount(2)
  await page.goBack()
  await expect(field(page)).toHaveValue('')
  await expect(rows(page)).toHaveCount(4)
  await expect(page.getByRole('heading', { name: '全部' })).toBeVisible()

  // A link is enough to search.
  await page.goto(`/?q=${encodeURIComponent('合同')}`)
  await expect(field(page)).toHaveValue('合同')
  await expect(rows(page)).toHaveCount(1)
})

test('scrolls on to the end, and marks read exactly what was found', async ({ page }) => {
  const { sender, build } = company
  const to = [{ username: 'zhangsan', name: '张三' }]
  for (let number = 1; number <= MANY; number++) {
    await sender.push(build.flow('flow_forward', { to, entryName: '盘点', content: `批次: 第${number}批` }))
  }
  await page.goto('/?view=all')
  await field(page).fill('盘点')
  await expect(page.getByText('已找到 50 条，往下还有')).toBeAttached()
  await rows(page).first().hover()
  await expect(async () => {
    await page.mouse.wheel(0, 2_000)
    await expect(page.getByText('没有更多了')).toBeInViewport({ timeout: 200 })
  }).toPass()
  await expect(page.getByText(`找到 ${MANY} 条`, { exact: true })).toBeAttached()

  const before = await unread(page)
  await page.getByRole('button', { name: '全部已读' }).click()
  await expect(page.getByText(`${MANY} 条已读`)).toBeVisible()
  expect(await unread(page)).toBe(before - MANY)
})

test('on phones an icon opens the field, and what is opened is marked too', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 720 })
  await page.goto('/')
  await expect(field(page)).toBeHidden()
  await page.getByRole('button', { name: '搜索', exact: true }).click()
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('huawei')
  await expect(rows(page)).toHaveCount(1)
  await rows(page).click()
  await expect(page).toHaveURL(/\/messages\/\d+/)
  await expect(page.locator('main mark').first()).toHaveText('Ｈｕａｗｅｉ')
  await page.goBack()
  await expect(field(page)).toHaveValue('huawei')
  await page.getByRole('button', { name: '取消' }).click()
  await expect(field(page)).toBeHidden()
  await expect(page.getByRole('heading', { name: '待办' })).toBeVisible()
})

async function unread(page: Page): Promise<number> {
  const answer = await page.request.get('/api/v1/messages/counts')
  return ((await answer.json()) as { unread: number }).unread
}
