import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { NextIntlClientProvider } from 'next-intl'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { messagesFor } from '@/messages'
import { ConfirmDialog } from './confirm-dialog'

type Props = Partial<Parameters<typeof ConfirmDialog>[0]>

function Page(props: Props) {
  const [open, setOpen] = useState(false)
  return (
    <NextIntlClientProvider locale="zh-CN" messages={messagesFor('zh-CN')} timeZone="Asia/Shanghai">
      <button onClick={() => setOpen(true)}>打开</button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="删除「总部」"
        description="所有消息都会删除。"
        confirmLabel="删除"
        danger
        onConfirm={() => {}}
        {...props}
      />
    </NextIntlClientProvider>
  )
}

async function opened(props: Props = {}) {
  const onConfirm = vi.fn()
  const user = userEvent.setup()
  render(<Page onConfirm={onConfirm} {...props} />)
  await user.click(screen.getByRole('button', { name: '打开' }))
  return { user, onConfirm }
}

const confirmButton = () => screen.getByRole('button', { name: '删除' })

describe('ConfirmDialog', () => {
  it('says what will happen and begins on the safe side', async () => {
    await opened()
    expect(screen.getByRole('alertdialog', { name: '删除「总部」' })).toHaveAccessibleDescription(
      '所有消息都会删除。',
    )
    expect(screen.getByRole('button', { name: '取消' })).toHaveFocus()
  })

  it('gives focus back to what opened it', async () => {
    const { user, onConfirm } = await opened()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument()
    await vi.waitFor(() => expect(screen.getByRole('button', { name: '打开' })).toHaveFocus())
    expect(onConfirm).not.toHaveBeenCalled()
  })

  it('does not confirm before the name was typed', async () => {
    const { user, onConfirm } = await opened({ typeName: '总部' })
    expect(confirmButton()).toBeDisabled()
    const name = screen.getByLabelText('输入「总部」以确认')
    await user.type(name, '总{Enter}')
    expect(confirmButton()).toBeDisabled()
    expect(onConfirm).not.toHaveBeenCalled()
    await user.type(name, '部')
    expect(confirmButton()).toBeEnabled()
    await user.type(name, '{Enter}')
    expect(onConfirm).toHaveBeenCalledOnce()
  })

  it('forgets what was typed when it is closed', async () => {
    const { user } = await opened({ typeName: '总部' })
    await user.type(screen.getByLabelText('输入「总部」以确认'), '总部')
    await user.click(screen.getByRole('button', { name: '取消' }))
    await user.click(screen.getByRole('button', { name: '打开' }))
    expect(confirmButton()).toBeDisabled()
  })

  it('cannot be pressed twice or left while it is at work', async () => {
    const { user, onConfirm } = await opened({ pending: true })
    await user.click(confirmButton())
    await user.keyboard('{Escape}')
    expect(screen.getByRole('alertdialog')).toBeVisible()
    expect(onConfirm).not.toHaveBeenCalled()
  })

  it('says what went wrong', async () => {
    await opened({ error: '服务暂时不可用' })
    expect(screen.getByRole('alert')).toHaveTextContent('服务暂时不可用')
  })
})
