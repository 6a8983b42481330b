import { fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ImportProgress, ImportResult } from '@/lib/contracts/import'
import { exampleConnection } from '../../testing/example-connection'
import { fakeApi, refusal } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { ImportPage } from './import-page'

const saved = vi.hoisted(() => vi.fn())
vi.mock('../../files/save-file', () => ({ saveFile: saved }))
const router = vi.hoisted(() => ({ push: vi.fn() }))
vi.mock('next/navigation', () => ({ useRouter: () => router }))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

const JOB = '6a4d4f86-55a5-4a0e-9f62-7c1c8fd0b6a1'
const result = (more: Partial<ImportResult> = {}): ImportResult => ({
  applied: false,
  encoding: 'gb18030',
  counts: { new: 1, changed: 1, unchanged: 5, error: 0 },
  users: { created: 1, unchanged: 6 },
  mappings: { created: 2, unchanged: 5 },
  delivered: 3,
  rows: [
    { line: 2, username: 'zhang', state: 'unchanged', changes: [], notes: ['已有用户的姓名不变：张三'] },
    { line: 3, username: 'lisi', state: 'changed', changes: ['总部：对应 R-1'], notes: [] },
    { line: 4, username: 'new', state: 'new', changes: ['新建用户'], notes: [] },
  ],
  errors: [],
  unknownColumns: [],
  job: null,
  links: [],
  ...more,
})

type Post = (query: URLSearchParams) => ReturnType<Parameters<typeof fakeApi>[0][string]>

function page(post: Post, progress: () => ImportProgress = () => Promise.reject() as never) {
  const requests = fakeApi({
    'GET /api/v1/admin/connections': () => ({ body: { items: [exampleConnection({ name: '总部, OA' })] } }),
    'POST /api/v1/admin/mappings/import': ({ query }) => post(query),
    [`GET /api/v1/admin/mappings/import/${JOB}`]: () => ({ body: progress() }),
  })
  const { user } = renderPage(<ImportPage />)
  const posts = () => requests.filter(({ method }) => method === 'POST').map(({ query }) => String(query))
  return { user, posts }
}

const file = (text = 'username,总部\nlisi,R-1\n') => new File([text], '人员.csv', { type: 'text/csv' })
const drop = () =>
  fireEvent.drop(screen.getByRole('button', { name: /选择 CSV 文件/ }), { dataTransfer: { files: [file()] } })
const applyButton = () => screen.getByRole('button', { name: '导入' })

describe('trying a file', () => {
  it('says what it would do and writes nothing', async () => {
    const { posts } = page(() => ({ body: result() }))
    drop()
    expect(await screen.findByText(/GB18030 编码/)).toBeVisible()
    expect(posts()).toEqual(['dryRun=true'])
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1)
    expect(rows.map((row) => row.textContent)).toEqual([
      '4new新员工新建用户',
      '3lisi有改动总部：对应 R-1',
      '2zhang无改动已有用户的姓名不变：张三',
    ])
    expect(screen.getByText('会送达 3 条等着的消息。')).toBeVisible()
    expect(applyButton()).toBeEnabled()
  })

  it('puts errors first, by line, names unknown columns and refuses to go on', async () => {
    page(() => ({
      body: result({
        counts: { new: 0, changed: 0, unchanged: 1, error: 1 },
        errors: [{ line: 7, column: '总部', message: 'Excel 已把长数字变成科学记数' }],
        unknownColumns: ['部门', '电话'],
      }),
    }))
    drop()
    expect(await screen.findByText('这些列不是连接的名称，不会导入：部门、电话。')).toBeVisible()
    const [errors] = screen.getAllByRole('table')
    expect(within(errors!).getAllByRole('row')[1]).toHaveTextContent('7总部Excel 已把长数字变成科学记数')
    expect(applyButton()).toBeDisabled()
  })

  it('asks again when people are to be created, and keeps showing what it had', async () => {
    const { user, posts } = page((query) =>
      query.has('createUsers')
        ? { body: result() }
        : { body: result({ errors: [{ line: 4, column: 'username', message: '没有这个用户' }] }) },
    )
    drop()
    expect(await screen.findByText('没有这个用户')).toBeVisible()
    await user.click(screen.getByRole('checkbox', { name: '创建不存在的员工' }))
    await vi.waitFor(() => expect(screen.queryByText('没有这个用户')).not.toBeInTheDocument())
    expect(posts()).toEqual(['dryRun=true', 'dryRun=true&createUsers=true'])
    expect(applyButton()).toBeEnabled()
  })

  it('says why a file is none, and takes another', async () => {
    let workbook = true
    page(() => (workbook ? refusal(400, 'invalid_input', '这是 Excel 工作簿') : { body: result() }))
    drop()
    expect(await screen.findByRole('alert')).toHaveTextContent('人员.csv: 这是 Excel 工作簿')
    workbook = false
    drop()
    expect(await screen.findByText(/GB18030 编码/)).toBeVisible()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })
})

describe('bringing it in', () => {
  it('offers the links this once and follows the look-up', async () => {
    const links = [{ username: '=new', name: '新人', url: 'https://huixin.test/welcome#t1' }]
    let done = false
    const { user, posts } = page(
      (query) => ({ body: query.has('dryRun') ? result() : result({ applied: true, job: JOB, links }) }),
      () => ({
        total: 3,
        resolved: done ? 2 : 0,
        failed: done ? [{ loginName: 'wang', username: 'w', error: '没有这个登录名' }] : [],
        failedCount: done ? 1 : 0,
        done,
        paused: done ? null : '那边没有回应',
      }),
    )
    drop()
    await screen.findByText(/GB18030 编码/)
    await user.click(applyButton())
    expect(await screen.findByText('已导入')).toBeVisible()
    expect(posts()).toEqual(['dryRun=true', ''])
    expect(screen.getByText(/只显示这一次/)).toBeVisible()
    expect(screen.getByRole('textbox', { name: '一次性链接' })).toHaveValue(
      '新人 (=new)\thttps://huixin.test/welcome#t1',
    )
    await user.click(screen.getByRole('button', { name: '看人员对应' }))
    expect(screen.getByRole('alertdialog', { name: '链接还没有存' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: '取消' }))
    expect(router.push).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: '下载 CSV' }))
    expect(saved.mock.calls[0]![1]).toBe(
      `\ufeffusername,name,link\r\n"'=new",新人,https://huixin.test/welcome#t1\r\n`,
    )
    expect(await screen.findByText('暂停：那边没有回应。恢复后自动继续。')).toBeVisible()
    done = true
    expect(await screen.findByText('查完了，找到 2 人', {}, { timeout: 4000 })).toBeVisible()
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '3')
    expect(screen.getByText('1 个没有找到')).toBeVisible()
    await user.click(screen.getByRole('button', { name: '看人员对应' }))
    expect(router.push).toHaveBeenCalledWith('/settings/mappings')
  })

  it('shows what stands in the way where somebody changed things meanwhile', async () => {
    const errors = [{ line: 3, column: '总部', message: '小云 已对应 wang' }]
    const { user } = page((query) => ({ body: query.has('dryRun') ? result() : result({ errors }) }))
    drop()
    await screen.findByText(/GB18030 编码/)
    await user.click(applyButton())
    expect(await screen.findByText(/核对之后有人改过，没有写入任何内容/)).toBeVisible()
    expect(screen.getByText('小云 已对应 wang')).toBeVisible()
    expect(screen.queryByText('已导入')).not.toBeInTheDocument()
    expect(applyButton()).toBeDisabled()
  })

  it('says what went wrong and can be pressed again', async () => {
    const { user } = page((query) =>
      query.has('dryRun') ? { body: result() } : refusal(503, 'unavailable', '服务暂时不可用'),
    )
    drop()
    await screen.findByText(/GB18030 编码/)
    await user.click(applyButton())
    expect(await screen.findByRole('alert')).toHaveTextContent('服务暂时不可用')
    expect(applyButton()).toBeEnabled()
  })
})

it('makes a template of the connections’ names', async () => {
  const { user } = page(() => ({}))
  await screen.findByText('总部, OA')
  await user.click(screen.getByRole('button', { name: '下载模板' }))
  expect(saved).toHaveBeenCalledWith(
    '人员对应模板.csv',
    '\ufeffusername,name,email,"总部, OA"\r\n',
    'text/csv',
  )
  expect(screen.getByRole('link', { name: '导出 CSV' })).toHaveAttribute(
    'href',
    '/api/v1/admin/mappings/export',
  )
})
