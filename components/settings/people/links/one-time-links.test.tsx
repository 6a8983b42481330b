import { fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderPage } from '../../testing/render-page'
import { OneTimeLinks } from './one-time-links'

const saveFile = vi.hoisted(() => vi.fn())
vi.mock('../../files/save-file', () => ({ saveFile }))

const links = [
  { username: 'xiaoyun', name: '小云', url: 'https://huixin.test/welcome#a' },
  { username: 'zhangsan', name: '张三', url: 'https://huixin.test/welcome#b' },
]
const TEXT = links.map(({ name, username, url }) => `${name} (${username})\t${url}`).join('\n')

/** Whether the browser would ask before the page is left. */
const asksToStay = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))

/** The links where the clipboard is closed to pages; `oldWay`: whether copying as of old works. */
function page(clipboard: () => Promise<void>, oldWay = false) {
  const onTaken = vi.fn()
  const { user } = renderPage(<OneTimeLinks links={links} onTaken={onTaken} />)
  // The hands bring a clipboard of their own.
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(clipboard)
  document.execCommand = vi.fn(() => oldWay)
  return { user, onTaken, text: screen.getByRole<HTMLTextAreaElement>('textbox', { name: '一次性链接' }) }
}
const closed = () => Promise.reject(new DOMException('no', 'NotAllowedError'))

afterEach(() => {
  vi.restoreAllMocks()
  Reflect.deleteProperty(document, 'execCommand')
})

describe('one-time links', () => {
  it('are taken once they were copied', async () => {
    const write = vi.fn(() => Promise.resolve())
    const { user, onTaken } = page(write)
    expect(asksToStay()).toBe(true)
    await user.click(screen.getByRole('button', { name: '全部复制' }))
    expect(write).toHaveBeenCalledExactlyOnceWith(TEXT)
    expect(screen.getByText('已复制')).toBeVisible()
    expect(onTaken).toHaveBeenCalledOnce()
    expect(asksToStay()).toBe(false)
  })

  it('are taken when the old way of copying works', async () => {
    const { user, onTaken } = page(closed, true)
    await user.click(screen.getByRole('button', { name: '全部复制' }))
    expect(onTaken).toHaveBeenCalledOnce()
  })

  it('are not taken by a copy that failed: it is said, and they are selected', async () => {
    const { user, onTaken, text } = page(closed)
    await user.click(screen.getByRole('button', { name: '全部复制' }))
    expect(screen.getByText(/没能复制/)).toBeVisible()
    expect(screen.queryByText('已复制')).not.toBeInTheDocument()
    expect([text.selectionStart, text.selectionEnd]).toEqual([0, TEXT.length])
    expect(onTaken).not.toHaveBeenCalled()
    expect(asksToStay()).toBe(true)
  })

  it('are taken when all of them are copied by hand, not some', () => {
    const { onTaken, text } = page(closed)
    text.setSelectionRange(0, 5)
    fireEvent.copy(text)
    expect(onTaken).not.toHaveBeenCalled()
    text.select()
    fireEvent.copy(text)
    expect(onTaken).toHaveBeenCalledOnce()
  })

  it('are taken as a file', async () => {
    const { user, onTaken } = page(closed)
    await user.click(screen.getByRole('button', { name: '下载 CSV' }))
    expect(onTaken).toHaveBeenCalledOnce()
    expect(saveFile.mock.calls[0]?.[1]).toContain('https://huixin.test/welcome#b')
  })
})
