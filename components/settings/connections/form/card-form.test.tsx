import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { Button } from '@/components/ui/button'
import { ApiError } from '@/lib/client/call'
import { field } from '../../testing/example-connection'
import { renderPage } from '../../testing/render-page'
import { CardForm } from './card-form'

const fields = [
  field('address', 'url', { required: true }),
  field('password', 'secret', { required: true }),
  field('key', 'secret'),
  field('seconds', 'number', { advanced: true, default: 60, min: 1, max: 3600 }),
  field('hosts', 'list', { advanced: true, default: ['a.example'] }),
  field('strict', 'switch', { advanced: true }),
  field('mode', 'choice', {
    advanced: true,
    default: 'one',
    options: [
      { value: 'one', label: '一个账号' },
      { value: 'each', label: '各自的账号' },
    ],
  }),
]

type Options = Partial<Parameters<typeof CardForm>[0]>

function form(options: Options = {}) {
  const onSubmit = vi.fn()
  const page = (more: Options = {}) => (
    <CardForm
      fields={fields}
      error={null}
      onSubmit={onSubmit}
      name={{ value: '' }}
      footer={({ dirty }) => (
        <Button type="submit" disabled={!dirty}>
          保存
        </Button>
      )}
      {...options}
      {...more}
    />
  )
  const { user, show } = renderPage(page())
  return { user, onSubmit, fail: (error: Error) => show(page({ error })) }
}

const save = () => screen.getByRole('button', { name: '保存' })

describe('a form drawn from a card', () => {
  it('draws each kind as its own control, with the card’s label and help', () => {
    form()
    expect(screen.getByLabelText('标签 address')).toHaveAttribute('type', 'url')
    expect(screen.getByLabelText('标签 address')).toHaveAccessibleDescription('说明 address')
    expect(screen.getByLabelText('标签 password')).toHaveAttribute('type', 'password')
    expect(screen.getByLabelText('标签 seconds')).toHaveValue('60')
    expect(screen.getByLabelText('标签 hosts')).toHaveValue('a.example')
    expect(screen.getByRole('switch', { name: '标签 strict', hidden: true })).not.toBeChecked()
    expect(screen.getByRole('combobox', { name: '标签 mode', hidden: true })).toHaveTextContent('一个账号')
  })

  it('folds the advanced ones away', () => {
    form()
    const folded = screen.getByText('更多设置').closest('details')!
    expect(folded).not.toHaveAttribute('open')
    expect(within(folded).getAllByText(/^标签 /)).toHaveLength(4)
  })

  it('says at each field what is missing and sends nothing', async () => {
    const { user, onSubmit } = form()
    await user.type(screen.getByLabelText('标签 hosts'), '{Enter}b.example')
    await user.click(save())
    expect(screen.getByLabelText('名称')).toBeInvalid()
    expect(screen.getByLabelText('标签 address')).toHaveAccessibleDescription(/请填写/)
    expect(screen.getByLabelText('标签 password')).toBeInvalid()
    expect(screen.getByLabelText('标签 key')).toBeValid()
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('opens what is folded away when something there is wrong', async () => {
    const { user, onSubmit } = form()
    await user.type(screen.getByLabelText('名称'), '总部')
    await user.type(screen.getByLabelText('标签 address'), 'https://oa.example')
    await user.type(screen.getByLabelText('标签 password'), 'secret')
    await user.clear(screen.getByLabelText('标签 seconds'))
    await user.type(screen.getByLabelText('标签 seconds'), '4000')
    await user.click(save())
    expect(screen.getByText('请填 1 到 3600 之间的整数')).toBeVisible()
    expect(screen.getByText('更多设置').closest('details')).toHaveAttribute('open')
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('gives what was filled in', async () => {
    const { user, onSubmit } = form()
    await user.type(screen.getByLabelText('名称'), '总部')
    await user.type(screen.getByLabelText('标签 address'), 'https://oa.example')
    await user.type(screen.getByLabelText('标签 password'), 'secret')
    await user.click(save())
    expect(onSubmit).toHaveBeenCalledOnce()
    expect(onSubmit.mock.calls[0]![0]).toMatchObject({
      name: '总部',
      settings: { address: 'https://oa.example', password: 'secret', key: undefined, seconds: '60' },
    })
  })
})

describe('what the server complains about', () => {
  it('stands at its field, also one that is folded away', async () => {
    const { fail } = form()
    fail(
      new ApiError('invalid_input', {
        status: 400,
        message: '有内容填得不对',
        fields: { 'settings.address': '连不到这个地址', 'settings.hosts.1': '只填域名' },
      }),
    )
    expect(await screen.findByText('连不到这个地址')).toBeVisible()
    expect(screen.getByLabelText('标签 address')).toHaveAccessibleDescription(/连不到这个地址/)
    expect(screen.getByLabelText('标签 hosts')).toHaveAccessibleDescription(/只填域名/)
    expect(screen.getByText('更多设置').closest('details')).toHaveAttribute('open')
    expect(screen.queryByText('有内容填得不对')).not.toBeInTheDocument()
  })

  it('stands at the name when that is taken', async () => {
    const { fail } = form()
    fail(new ApiError('name_taken', { status: 409, message: '这个名称已被使用' }))
    expect(await screen.findByText('这个名称已被使用')).toBeVisible()
    expect(screen.getByLabelText('名称')).toBeInvalid()
  })

  it('stands over the form when it is about none of the fields', async () => {
    const { fail } = form()
    fail(new ApiError('unavailable', { status: 503, message: '服务暂时不可用' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('服务暂时不可用')
  })
})

describe('a stored secret', () => {
  const stored = {
    settings: { address: 'https://oa.example' },
    secretsSet: ['password', 'key'],
    name: { value: '总部' },
  }
  const row = (label: string) => screen.getByText(label).closest('div')!.parentElement!

  it('is never shown, and kept unless it is replaced', async () => {
    const { user, onSubmit } = form(stored)
    expect(screen.queryByLabelText('标签 password')).not.toBeInTheDocument()
    expect(within(row('标签 password')).getByText('已保存，不再显示')).toBeVisible()
    await user.type(screen.getByLabelText('标签 address'), '/x')
    await user.click(save())
    expect(onSubmit.mock.calls[0]![0].settings.password).toBeUndefined()
  })

  it('can be replaced, or left after all', async () => {
    const { user, onSubmit } = form(stored)
    await user.click(within(row('标签 password')).getByRole('button', { name: '更换' }))
    await user.type(screen.getByLabelText('标签 password'), 'new')
    await user.click(within(row('标签 key')).getByRole('button', { name: '更换' }))
    await user.click(within(row('标签 key')).getByRole('button', { name: '不改' }))
    await user.click(save())
    expect(onSubmit.mock.calls[0]![0].settings).toMatchObject({ password: 'new', key: undefined })
  })

  it('can be cleared only where it is not required', async () => {
    const { user, onSubmit } = form(stored)
    expect(within(row('标签 password')).queryByRole('button', { name: '清除' })).not.toBeInTheDocument()
    await user.click(within(row('标签 key')).getByRole('button', { name: '清除' }))
    expect(within(row('标签 key')).getByText('保存后清除')).toBeVisible()
    await user.click(save())
    expect(onSubmit.mock.calls[0]![0].settings.key).toBeNull()
  })

  it('says how long the one before it stays valid', () => {
    const until = new Date(Date.now() + 3_600_000).toISOString()
    form({
      ...stored,
      fields: [field('secret', 'secret', { rotates: true })],
      settings: { previousSecret: { until } },
      secretsSet: ['secret'],
    })
    expect(screen.getByText(/更换前的那个到 .* 为止仍然有效/)).toBeVisible()
  })
})
