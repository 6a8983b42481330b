import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { turnShortcuts } from '@/lib/client/device-preferences'
import { useKeyboard } from './use-keyboard'

afterEach(() => turnShortcuts(true))

function Page({ run }: { run: (command: unknown) => boolean }) {
  useKeyboard(run)
  return (
    <>
      <article tabIndex={0} aria-label="row" />
      <input aria-label="field" />
      <button>button</button>
      <div role="dialog" aria-label="dialog" tabIndex={-1}>
        <button>inside</button>
      </div>
    </>
  )
}
const setUp = () => {
  const run = vi.fn(() => true)
  render(<Page run={run} />)
  return run
}

describe('useKeyboard', () => {
  it('acts on keys', async () => {
    const run = setUp()
    await userEvent.keyboard('je{Enter}?')
    expect(run.mock.calls.flat()).toEqual(['next', 'done', 'open', 'help'])
  })

  it('takes g with the letter after it as one', async () => {
    const run = setUp()
    await userEvent.keyboard('guu')
    expect(run.mock.calls.flat()).toEqual([{ go: 'unread' }, 'unread'])
  })

  it('never acts while somebody types, nor behind a dialog', async () => {
    const run = setUp()
    await userEvent.type(screen.getByLabelText('field'), 'jes')
    screen.getByText('inside').focus()
    await userEvent.keyboard('e{Escape}')
    expect(run).not.toHaveBeenCalled()
  })

  it('leaves Enter to the button that has the focus', async () => {
    const run = setUp()
    screen.getByText('button').focus()
    await userEvent.keyboard('{Enter}e')
    expect(run.mock.calls.flat()).toEqual(['done'])
  })

  it('does only what a list does by itself when single keys are turned off', async () => {
    const run = setUp()
    turnShortcuts(false)
    await userEvent.keyboard('eg?{ArrowDown}{Escape}')
    expect(run.mock.calls.flat()).toEqual(['next', 'close'])
  })
})
