import { act, fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useRef, useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderInbox, serveApi } from '../fixtures/render-inbox'
import { SearchField } from './search-field'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh() {}, push() {} }), usePathname: () => '/' }))
beforeEach(() => {
  serveApi({})
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pass = (ms: number): void => act(() => void vi.advanceTimersByTime(ms))

/** The field with an address of its own; `back` is what Back does to it. */
function setUp(first: string | null = null) {
  const searched = vi.fn()
  const onResults = vi.fn()
  const onLeave = vi.fn()
  let address: (q: string | null) => void = () => {}
  function Page() {
    const field = useRef<HTMLInputElement>(null)
    const [q, setQ] = useState(first)
    address = setQ
    const onSearch = (next: string | null) => {
      searched(next)
      setQ(next)
    }
    return <SearchField {...{ field, q, onSearch, onResults, onLeave }} />
  }
  renderInbox(<Page />)
  return { searched, onResults, onLeave, back: (q: string | null): void => act(() => address(q)) }
}
/** What is typed after what is there. */
const type = (text: string) => fireEvent.change(field(), { target: { value: field().value + text } })
const press = (key: string) => fireEvent.keyDown(field(), { key })
const field = () => screen.getByRole<HTMLInputElement>('searchbox', { name: '搜索' })

describe('the search field', () => {
  it('searches when there was no key for a while, once', () => {
    const { searched } = setUp()
    type('采购')
    pass(150)
    type(' a ')
    pass(199)
    expect(searched).not.toHaveBeenCalled()
    pass(1)
    expect(searched).toHaveBeenCalledExactlyOnceWith('采购 a')
    // What is being typed is not taken away.
    expect(field()).toHaveValue('采购 a ')
  })

  it('searches at once by Enter, and goes to what was found by another', () => {
    const { searched, onResults } = setUp()
    type('采购')
    press('Enter')
    expect(searched).toHaveBeenCalledExactlyOnceWith('采购')
    expect(onResults).not.toHaveBeenCalled()
    press('Enter')
    pass(500)
    expect(onResults).toHaveBeenCalledOnce()
    expect(searched).toHaveBeenCalledOnce()
  })

  it('empties by Escape, then leaves', () => {
    const { searched, onLeave } = setUp('采购')
    field().focus()
    press('Escape')
    expect(field()).toHaveValue('')
    expect(field()).toHaveFocus()
    expect(searched).toHaveBeenCalledExactlyOnceWith(null)
    expect(onLeave).not.toHaveBeenCalled()
    press('Escape')
    expect(onLeave).toHaveBeenCalledOnce()
  })

  it('says what the address says, whatever was being typed', () => {
    const { searched, back } = setUp('采购')
    type('申请')
    back(null)
    expect(field()).toHaveValue('')
    back('合同')
    expect(field()).toHaveValue('合同')
    pass(500)
    expect(searched).not.toHaveBeenCalled()
  })

  it('waits until the input method is done', () => {
    const { searched, onLeave } = setUp()
    fireEvent.compositionStart(field())
    fireEvent.change(field(), { target: { value: "cai'gou" } })
    pass(500)
    fireEvent.keyDown(field(), { key: 'Escape', isComposing: true })
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true })
    expect(searched).not.toHaveBeenCalled()
    expect(onLeave).not.toHaveBeenCalled()
    fireEvent.change(field(), { target: { value: '采购' } })
    fireEvent.compositionEnd(field())
    pass(200)
    expect(searched).toHaveBeenCalledExactlyOnceWith('采购')
  })

  it('says in plain words what it understands', async () => {
    setUp()
    vi.useRealTimers()
    await userEvent.click(field())
    await userEvent.click(screen.getByRole('button', { name: '怎么搜' }))
    const help = await screen.findByRole('dialog', { name: '怎么搜' })
    for (const example of ['发送人:张三', 'is:urgent']) expect(help).toHaveTextContent(example)
  })
})
