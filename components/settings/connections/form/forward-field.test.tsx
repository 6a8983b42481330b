import { fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Button } from '@/components/ui/button'
import { exampleCard, exampleConnection, field } from '../../testing/example-connection'
import { fakeApi } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { CardForm } from './card-form'
import { changedSettings } from './card-values'

// Finding by role takes its time on a loaded machine.
vi.setConfig({ testTimeout: 15_000 })

const TARGET = '7d3f7f0e-0d5c-4b5e-9a57-0d7bb3a3f1a1'

beforeEach(() => {
  fakeApi({
    'GET /api/v1/connectors': () => ({
      body: { items: [exampleCard(), exampleCard({ connector: 'office', sends: true })] },
    }),
    'GET /api/v1/admin/connections': () => ({
      body: {
        items: [
          exampleConnection(),
          exampleConnection({ id: TARGET, connector: 'office', name: '办公', state: 'active' }),
          exampleConnection({ id: 'old', connector: 'office', name: '旧办公', state: 'archived' }),
        ],
      },
    }),
  })
})
afterEach(() => void vi.unstubAllGlobals())

function form({ stored, lacks }: { stored?: object; lacks?: 'base_url' } = {}) {
  const fields = [field('forward', 'forward', { ...(lacks && { lacks }) })]
  const onSubmit = vi.fn()
  const { user } = renderPage(
    <CardForm
      fields={fields}
      settings={stored ? { forward: stored } : {}}
      error={null}
      onSubmit={(values, before) => onSubmit(changedSettings(fields, before, values.settings))}
      footer={() => <Button type="submit">保存</Button>}
    />,
  )
  return { user, onSubmit, save: () => user.click(screen.getByRole('button', { name: '保存' })) }
}

const toggle = () => screen.getByLabelText('标签 forward')
const STORED = {
  connectionId: TARGET,
  senderLoginName: 'notice',
  ops: ['some_message'],
  categories: ['todo'],
}

describe('passing messages on', () => {
  it('is off at first, and asks for nothing', async () => {
    const { onSubmit, save } = form()
    expect(toggle()).not.toBeChecked()
    expect(screen.queryByLabelText(/发送者登录名/)).not.toBeInTheDocument()
    await save()
    expect(onSubmit).toHaveBeenCalledWith({})
  })

  it('asks where to, which categories, and under whose name', async () => {
    const { user, onSubmit, save } = form()
    await user.click(toggle())
    await save()
    expect(screen.getByText('选好发到哪里和类别，并填写发送者的登录名')).toBeVisible()
    expect(onSubmit).not.toHaveBeenCalled()
    fireEvent.change(screen.getByLabelText(/发送者登录名/), { target: { value: ' notice ' } })
    await user.click(screen.getByLabelText(/发到/))
    await user.click(await screen.findByRole('option', { name: '办公' }))
    await save()
    expect(onSubmit).toHaveBeenLastCalledWith({
      forward: { connectionId: TARGET, senderLoginName: 'notice' },
    })
    for (const name of ['抄送', '提醒', '预警', '通知', '结果']) fireEvent.click(screen.getByLabelText(name))
    await save()
    expect(onSubmit).toHaveBeenLastCalledWith({
      forward: { connectionId: TARGET, senderLoginName: 'notice', categories: ['todo'] },
    })
  })

  it('needs at least one category', async () => {
    const { user, onSubmit, save } = form({ stored: STORED })
    await user.click(screen.getByLabelText('待办'))
    await save()
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('keeps what only the API can set', async () => {
    const { user, onSubmit, save } = form({ stored: STORED })
    expect(screen.getByText('只转发这些类型：some_message')).toBeVisible()
    await save()
    expect(onSubmit).toHaveBeenLastCalledWith({})
    await user.click(screen.getByLabelText('抄送'))
    await save()
    expect(onSubmit).toHaveBeenLastCalledWith({ forward: { ...STORED, categories: ['todo', 'cc'] } })
  })

  it('can be turned off', async () => {
    const { user, onSubmit, save } = form({ stored: STORED })
    await user.click(toggle())
    await save()
    expect(onSubmit).toHaveBeenLastCalledWith({ forward: null })
  })

  it('offers only connections in use that can be sent to', async () => {
    const { user } = form({ stored: STORED })
    await user.click(await screen.findByRole('combobox', { name: /发到/ }))
    const options = within(await screen.findByRole('listbox')).getAllByRole('option')
    expect(options.map((option) => option.textContent)).toEqual(['办公'])
  })

  it('says that without a public address nothing is passed on', () => {
    form({ stored: STORED, lacks: 'base_url' })
    expect(screen.getByRole('alert')).toHaveTextContent('BASE_URL')
  })
})
