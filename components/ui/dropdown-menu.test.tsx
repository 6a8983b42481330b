import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from './dropdown-menu'

it('shows links and keys as items', async () => {
  render(
    <DropdownMenu>
      <DropdownMenuTrigger>menu</DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem asChild>
          <a href="/preferences">
            <i />
            preferences
          </a>
        </DropdownMenuItem>
        <DropdownMenuItem keys={['e']}>done</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>,
  )
  await userEvent.click(screen.getByText('menu'))
  expect(screen.getByRole('menuitem', { name: 'preferences' })).toHaveAttribute('href', '/preferences')
  expect(screen.getByRole('menuitem', { name: /done/ })).toHaveTextContent('donee')
})
