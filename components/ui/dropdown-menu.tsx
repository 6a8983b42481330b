'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Radix, Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './class-names'
import { Kbd } from './kbd'

export const DropdownMenuTrigger = Radix.Trigger
export const DropdownMenuGroup = Radix.Group
export const DropdownMenuRadioGroup = Radix.RadioGroup

/** A menu. What is behind it stays in reach: a click there closes the menu and counts. */
export function DropdownMenu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />
}

const itemStyle = cn(
  'relative flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-base outline-none select-none',
  'data-[disabled]:opacity-55 data-[highlighted]:bg-hover pointer-coarse:min-h-11',
  '[&_svg]:size-4 [&_svg]:shrink-0 [&>svg]:text-text-faint',
)

/** The floating list of a menu. */
export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          'floating z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto p-1',
          'data-[state=open]:animate-in data-[state=open]:duration-[120ms] data-[state=open]:fade-in-0',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  )
}

type ItemProps = ComponentProps<typeof Radix.Item> & { danger?: boolean; keys?: string[] }

/** Something the menu does. */
export function DropdownMenuItem({ danger, keys, className, children, ...props }: ItemProps) {
  return (
    <Radix.Item className={cn(itemStyle, danger && 'text-danger [&>svg]:text-danger', className)} {...props}>
      {/* With `asChild` the child is the item, and the keys stand in it. */}
      <Slot.Slottable>{children}</Slot.Slottable>
      {keys && (
        <span className="ml-auto flex gap-1 pl-4">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </Radix.Item>
  )
}

/** Something that is on or off. */
export function DropdownMenuCheckboxItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(itemStyle, 'pr-8', className)} {...props}>
      {children}
      <CheckMark />
    </Radix.CheckboxItem>
  )
}

/** One of several, within `DropdownMenuRadioGroup`. */
export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(itemStyle, 'pr-8', className)} {...props}>
      {children}
      <CheckMark />
    </Radix.RadioItem>
  )
}

function CheckMark() {
  return (
    <Radix.ItemIndicator className="absolute right-2 text-accent">
      <Check aria-hidden />
    </Radix.ItemIndicator>
  )
}

/** A heading over some items. */
export function DropdownMenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-0.5 text-xs text-text-faint">{children}</Radix.Label>
}

/** A hairline between groups. */
export function DropdownMenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-border" />
}
