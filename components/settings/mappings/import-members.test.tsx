import { screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CONNECTION_ID, exampleCard, exampleConnection } from '../testing/example-connection'
import { fakeApi, refusal } from '../testing/fake-api'
import { renderPage } from '../testing/render-page'
import { MappingList } from './mapping-list'

const router = vi.hoisted(() => ({ push: vi.fn() }))
vi.mock('next/navigation', () => ({ useRouter: () => router }))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

const OTHER = '9c2d6f1e-6f57-4a42-9a3e-0f6c2f0f8a10'
const PEOPLE = `/api/v1/admin/connections/${CONNECTION_ID}/people`
const ready = exampleConnection({ name: '总部', state: 'active', canImportPeople: true })
const keyless = exampleConnection({ id: OTHER, name: '分部', state: 'active' })

function page(
  connections = [ready],
  answer: Parameters<typeof fakeApi>[0][string] = () => ({
    body: { found: 132, added: 130, changed: 0, inactive: 0 },
  }),
) {
  const requests = fakeApi({
    'GET /api/v1/admin/connections': () => ({ body: { items: connections } }),
    'GET /api/v1/connectors': () => ({ body: { items: [exampleCard({ directory: true })] } }),
    'GET /api/v1/admin/mappings': () => ({ body: { items: [], nextCursor: null } }),
    [`POST ${PEOPLE}`]: answer,
  })
  const lists = () => requests.filter(({ path }) => path === '/api/v1/admin/mappings').length
  return { ...renderPage(<MappingList />), lists }
}
const button = () => screen.findByRole('button', { name: '导入成员' })

describe('importing members', () => {
  it('says what came of it and reads the list anew', async () => {
    const { user, lists } = page()
    const hit = await button()
    const before = lists()
    await user.click(hit)
    expect(await screen.findByText('「总部」共 132 人，新增 130 人。')).toBeVisible()
    await vi.waitFor(() => expect(lists()).toBeGreaterThan(before))
  })

  it('says what was changed and left out', async () => {
    const { user } = page([ready], () => ({ body: { found: 9, added: 0, changed: 2, inactive: 3 } }))
    await user.click(await button())
    expect(
      await screen.findByText(
        '「总部」共 9 人，新增 0 人，更新 2 人的姓名，另有 3 人在那边未启用，没有加入。',
      ),
    ).toBeVisible()
  })

  it('says why it did not work', async () => {
    const { user } = page([ready], () => refusal(400, 'invalid_input', '密钥没有通讯录权限'))
    await user.click(await button())
    expect(await screen.findByRole('alert')).toHaveTextContent('没能导入「总部」的成员：密钥没有通讯录权限')
  })

  it('asks which connection, and leads one without its key to its settings', async () => {
    const { user } = page([ready, keyless])
    await user.click(await button())
    expect(screen.getByRole('menuitem', { name: '从「总部」导入' })).toBeVisible()
    await user.click(screen.getByRole('menuitem', { name: '「分部」要先填接口密钥' }))
    expect(router.push).toHaveBeenCalledWith(`/settings/connections/${OTHER}`)
  })

  it('is not offered where no system lists its members', async () => {
    fakeApi({
      'GET /api/v1/admin/connections': () => ({ body: { items: [keyless] } }),
      'GET /api/v1/connectors': () => ({ body: { items: [exampleCard()] } }),
      'GET /api/v1/admin/mappings': () => ({ body: { items: [], nextCursor: null } }),
    })
    renderPage(<MappingList />)
    await screen.findByRole('button', { name: '手动添加' })
    expect(screen.queryByRole('button', { name: '导入成员' })).not.toBeInTheDocument()
  })
})
