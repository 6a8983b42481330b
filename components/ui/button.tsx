import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { Spinner } from './spinner'

export const buttonStyle = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none',
    'transition-colors duration-[120ms] touch-target',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
    '[&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        /** The one thing this page is for. */
        primary:
          'bg-accent text-accent-text hover:bg-accent-hover disabled:bg-hover disabled:text-text-faint disabled:opacity-100',
        secondary: 'border border-control/55 bg-surface text-text hover:border-control hover:bg-hover',
        ghost: 'text-text-muted hover:bg-hover hover:text-text',
        danger:
          'bg-danger text-accent-text hover:bg-danger-hover disabled:bg-hover disabled:text-text-faint disabled:opacity-100',
        dangerQuiet: 'border border-danger/45 bg-surface text-danger hover:bg-danger-soft',
        link: 'text-accent underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2 text-sm',
        md: 'h-8 px-3 text-base',
        lg: 'h-10 px-4 text-base',
      },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto px-0' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

type Props = ComponentProps<'button'> &
  VariantProps<typeof buttonStyle> & {
    /** Draws its only child (a link) as a button. */
    asChild?: boolean
    /** At work: cannot be pressed again, keeps its width and its focus. */
    loading?: boolean
  }

/** A button. `type` is "button" unless said, so that none submits a form by accident. */
export function Button({ variant, size, asChild, loading = false, className, children, ...props }: Props) {
  const classes = cn(buttonStyle({ variant, size }), className)
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button
      type="button"
      className={classes}
      {...props}
      aria-disabled={loading || props['aria-disabled']}
      aria-busy={loading || undefined}
      onClick={loading ? (event) => event.preventDefault() : props.onClick}
    >
      {loading && <Spinner className="text-current" />}
      {children}
    </button>
  )
}
