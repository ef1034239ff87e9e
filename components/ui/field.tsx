import clsx from 'clsx'
import { useId, type ComponentProps, type ReactNode } from 'react'

type Frame = { label: string; hint?: ReactNode; error?: string | null; className?: string }

/** A label, its control, and a hint or error below, linked to the control for screen readers. */
export function FieldFrame({
  label,
  hint,
  error,
  className,
  children,
}: Frame & { children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode }) {
  const id = useId()
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': Boolean(error) })}
      <div
        id={`${id}-note`}
        className={clsx('text-sm empty:-mt-1.5', error ? 'text-bad' : 'text-muted')}
        aria-live="polite"
      >
        {error || hint}
      </div>
    </div>
  )
}

export function TextField({ label, hint, error, className, ...rest }: Frame & ComponentProps<'input'>) {
  return (
    <FieldFrame {...{ label, hint, error, className }}>
      {(ids) => <input type="text" autoComplete="off" {...rest} {...ids} className="field" />}
    </FieldFrame>
  )
}

export function TextArea({ label, hint, error, className, ...rest }: Frame & ComponentProps<'textarea'>) {
  return (
    <FieldFrame {...{ label, hint, error, className }}>
      {(ids) => <textarea rows={3} {...rest} {...ids} className="field resize-y" />}
    </FieldFrame>
  )
}

export function SelectField({ label, hint, error, className, ...rest }: Frame & ComponentProps<'select'>) {
  return (
    <FieldFrame {...{ label, hint, error, className }}>
      {(ids) => <select {...rest} {...ids} className="field" />}
    </FieldFrame>
  )
}
