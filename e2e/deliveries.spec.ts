import type { Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { foundCompany, type Company } from './company'
import { ADMIN, expect, signIn, test } from './fixtures'

/** What was pushed, as an administrator finds it again: verdicts, every byte, and reading it once more. */
let company: Company
const FORM = '采购申请'
/** Not how our own JSON would be written: key order, spaces and an escape must stay as they came. */
let raw = ''
test.beforeAll(async ({ server }) => {
  company = await foundCompany(server.baseUrl)
  const { sender, build } = company
  const to = [{ username: 'zhangsan', name: '张三' }]
  const { data, op, send_time } = build.flow('flow_forward', { to, entryName: FORM })
  raw = `{ "send_time":"${send_time}",  "data":${JSON.stringify(data).replace('张三', '\\u5f20\\u4e09')},\n"op":"${op}" }`
  const push = sender.prepare(raw, { deliverId: 'delivery-of-the-page' })
  for (const copy of [push, push]) expect((await sender.send(copy)).status).toBe(200)
  expect((await sender.push('{"op":"flow_message","data":{')).status).toBe(200)
  expect((await sender.push({ op: 'data_create', data: { entryId: '1' } })).status).toBe(200)
})
test.afterAll(() => company.close())
test.beforeEach(async ({ page, server }) => {
  await signIn(page.request, server.baseUrl, ADMIN)
  await page.goto(`/settings/deliveries?connection=${company.connections.pushing}`)
})

const list = (page: Page) => page.getByRole('main').getByRole('listitem')
const pick = async (page: Page, verdict: string) => {
  await page.getByRole('combobox', { name: '结果' }).click()
  await page.getByRole('option', { name: verdict, exact: true }).click()
}

test('each push has its verdict, and the list is narrowed by verdict and by words', async ({ page }) => {
  await expect(list(page)).toHaveCount(4)
  for (const [at, verdict] of ['其他', '死信', '重复', '已送达'].entries()) {
    await expect(list(page).nth(at).getByText(verdict, { exact: true })).toBeVisible()
  }
  await pick(page, '死信')
  await expect(list(page)).toHaveCount(1)
  // Why it is one stands beside it.
  await expect(list(page)).toContainText(/JSON/)
  await pick(page, '全部结果')
  await page.getByRole('searchbox').fill('delivery-of-the-page')
  await expect(list(page)).toHaveCount(2)
  await pick(page, '已送达')
  await expect(list(page)).toHaveCount(1)
  await expect(list(page)).toContainText(FORM)
  // The way back keeps what was looked for.
  await list(page).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(FORM)
  await page.getByRole('link', { name: '推送记录' }).last().click()
  await expect(page.getByRole('searchbox')).toHaveValue('delivery-of-the-page')
  await expect(list(page)).toHaveCount(1)
})

test('a push is there byte for byte, with its headers, and who got it', async ({ page }) => {
  await list(page).nth(3).getByRole('link').click()
  const ledger = page.getByRole('region', { name: '收件人（1）' }).getByRole('listitem')
  await expect(ledger).toContainText('张三')
  await expect(ledger).toContainText('已送达')
  await page.getByRole('tab', { name: '原始字节' }).click()
  expect(await page.getByRole('region', { name: '原始字节' }).textContent()).toBe(raw)
  await expect(page.getByText(`${Buffer.byteLength(raw).toLocaleString('en')} 字节`)).toBeVisible()
  const hash = createHash('sha256').update(raw).digest('hex')
  await expect(page.getByRole('textbox', { name: '内容的 SHA-256' })).toHaveValue(hash)
  const envelope = page.getByRole('region', { name: '请求' })
  await expect(envelope).toContainText('x-jdy-deliveriddelivery-of-the-page')
  await expect(envelope).toContainText('content-typeapplication/json')
  await expect(envelope).toContainText(/nonce[0-9a-f]{6}/)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载原文' }).click(),
  ])
  const stream = await file.createReadStream()
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  expect(Buffer.concat(parts).toString('utf8')).toBe(raw)
})

test('replaying changes nothing that is delivered, and a copy leads to its first one', async ({ page }) => {
  const before = await whatIsThere()
  await list(page).nth(3).getByRole('link').click()
  for (let time = 1; time <= 2; time++) {
    expect(await replay(page)).toBe(200)
    await expect(page.getByText('重放完成，没有变化').first()).toBeVisible()
  }
  expect(await whatIsThere()).toEqual(before)
  expect(before.balance).toMatchObject({ received: 3, delivered: 1, duplicates: 1, dead: 1, difference: 0 })
  expect(before.messages).toHaveLength(1)

  await page.goBack()
  await list(page).nth(2).getByRole('link').click()
  await expect(page.getByText('和之前的一条推送相同')).toBeVisible()
  await expect(page.getByRole('button', { name: '重放' })).toHaveCount(0)
  await page.getByRole('link', { name: '查看第一次的推送' }).click()
  await expect(page.getByRole('button', { name: '重放' })).toBeVisible()
  // Reading a dead letter once more tells that it is still one.
  await page.goto(`/settings/deliveries?connection=${company.connections.pushing}&verdict=dead`)
  await list(page).getByRole('link').click()
  expect(await replay(page)).toBe(200)
  await expect(page.getByText('重放完成，仍然无法识别')).toBeVisible()
  expect(await whatIsThere()).toEqual(before)
})

/** Presses the button, confirms, and gives the status of the answer. */
async function replay(page: Page): Promise<number> {
  await page.getByRole('button', { name: '重放' }).click()
  const dialog = page.getByRole('alertdialog')
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/replay')),
    dialog.getByRole('button', { name: '重放' }).click(),
  ])
  await expect(dialog).toHaveCount(0)
  return answer.status()
}

/** The employee's messages, and the sums of the connection. */
async function whatIsThere() {
  const employee = await company.signIn()
  const messages = (await (await employee.get('/api/v1/messages?view=all')).json()) as { items: object[] }
  await employee.dispose()
  const balance = await company.read(`/api/v1/admin/connections/${company.connections.pushing}/balance`)
  return { messages: messages.items, balance }
}
