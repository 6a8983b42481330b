import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { CONNECTION_ID, exampleCard, exampleConnection, field } from '../testing/example-connection'
import { fakeApi, refusal } from '../testing/fake-api'
import { renderPage } from '../testing/render-page'
import { ConnectionSettings } from './connection-settings'
import { TestChecks } from './test-checks'

const PLACE = `/api/v1/admin/connections/${CONNECTION_ID}`
afterEach(() => vi.unstubAllGlobals())

const suggest = { setting: 'mode', value: 'old', label: '改为旧方式' }
const wrong = { name: 'mode', label: '分页方式', ok: false, detail: '不是这种方式', suggest }
const right = { name: 'mode', label: '分页方式', ok: true, detail: '是这种方式' }

/** A server whose test fails until that setting is saved. */
function server(save: () => ReturnType<typeof refusal> | null = () => null) {
  const state = { connection: exampleConnection({ state: 'active', settings: { mode: 'new' } }) }
  const requests = fakeApi({
    [`GET ${PLACE}`]: () => ({ body: state.connection }),
    [`POST ${PLACE}/test`]: () => ({
      body: { checks: [state.connection.settings.mode === 'old' ? right : wrong] },
    }),
    [`PATCH ${PLACE}`]: ({ body }) => {
      const { settings } = body as { settings: object }
      const refused = save()
      if (refused) return refused
      state.connection = { ...state.connection, settings: { ...state.connection.settings, ...settings } }
      return { body: state.connection }
    },
  })
  return { requests, sent: () => requests.map(({ method, path }) => `${method} ${path.slice(PLACE.length)}`) }
}

it('saves the setting that a check suggests and tries again', async () => {
  const { requests, sent } = server()
  const { user } = renderPage(<TestChecks connection={exampleConnection()} card={exampleCard()} />)
  await user.click(screen.getByRole('button', { name: '运行测试' }))
  expect(await screen.findByText('不是这种方式')).toBeVisible()
  await user.click(screen.getByRole('button', { name: '改为旧方式' }))
  expect(await screen.findByText('是这种方式')).toBeVisible()
  expect(screen.queryByRole('button', { name: '改为旧方式' })).not.toBeInTheDocument()
  expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({ settings: { mode: 'old' } })
  expect(sent().filter((line) => !line.startsWith('GET'))).toEqual(['POST /test', 'PATCH ', 'POST /test'])
})

it('says so when the setting cannot be saved, and can try again', async () => {
  const { sent } = server(() => refusal(404, 'not_found', '没有找到'))
  const { user } = renderPage(<TestChecks connection={exampleConnection()} card={exampleCard()} />)
  await user.click(screen.getByRole('button', { name: '运行测试' }))
  await user.click(await screen.findByRole('button', { name: '改为旧方式' }))
  expect(await screen.findByText(/没有找到/)).toBeVisible()
  expect(sent().filter((line) => line === 'POST /test')).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: '再测一次' }))
  expect(await screen.findByText('不是这种方式')).toBeVisible()
})

it('offers nothing where a check suggests nothing', async () => {
  fakeApi({ [`POST ${PLACE}/test`]: () => ({ body: { checks: [{ ...right, ok: false }] } }) })
  const { user } = renderPage(<TestChecks connection={exampleConnection()} card={exampleCard()} />)
  await user.click(screen.getByRole('button', { name: '运行测试' }))
  expect(await screen.findByText('是这种方式')).toBeVisible()
  expect(screen.getAllByRole('button')).toHaveLength(1)
})

it('is not undone by a form that was open meanwhile', async () => {
  const { requests } = server()
  const options = ['new', 'old'].map((value) => ({ value, label: value }))
  const card = exampleCard({
    fields: [field('mode', 'choice', { options, required: true }), field('note', 'text', { required: true })],
  })
  const settings = (mode: string) => exampleConnection({ state: 'active', settings: { mode, note: '旧' } })
  const { user, show } = renderPage(<ConnectionSettings connection={settings('new')} card={card} />)
  fireEvent.change(screen.getByLabelText('标签 note'), { target: { value: '新' } })
  show(<ConnectionSettings connection={settings('old')} card={card} />)
  expect(screen.getByRole('combobox', { name: '标签 mode' })).toHaveTextContent('old')
  expect(screen.getByLabelText('标签 note')).toHaveValue('新')
  await user.click(screen.getByRole('button', { name: '保存' }))
  await waitFor(() => expect(requests.some(({ method }) => method === 'PATCH')).toBe(true))
  expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({ settings: { note: '新' } })
})
