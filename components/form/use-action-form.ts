'use client'

import type { QueryKey } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { type DefaultValues, type FieldValues, get, type Path, type RegisterOptions, useForm } from 'react-hook-form'
import { useUnsavedForm } from '@/components/leave/use-layer'
import { DashboardError, type SendChange } from '@/components/queries/call-dashboard'
import { isDecided, useAction } from '@/components/queries/use-action'
import { useErrorText } from '@/components/queries/use-error-text'
import { type LoadSchema, schemaResolver } from '@/components/form/schema-resolver'
import { useIssueText } from '@/components/form/use-issue-text'

type Options<Values extends FieldValues, Output> = {
  schema: LoadSchema
  /** The initial values of the fields, named as in the body. */
  values: DefaultValues<Values>
  call: (values: Values, send: SendChange) => Promise<Output>
  done?: string
  refresh?: QueryKey[]
  onDone?: (output: Output, values: Values) => void
  /** Returns whether the caller has handled an error that does not concern the form. */
  onRefused?: (error: unknown, values: Values) => boolean
}

/**
 * A form for one action. The server's schema validates a field on blur and all fields on submit. A refused parameter
 * shows its error at its field, any other error is in `problem`; the values always remain.
 */
export function useActionForm<Values extends FieldValues, Output = unknown>(options: Options<Values, Output>) {
  const describeIssue = useIssueText()
  const describe = useErrorText()
  const [problem, setProblem] = useState<string | null>(null)
  const form = useForm<Values>({
    defaultValues: options.values,
    resolver: schemaResolver<Values>(options.schema, describeIssue),
    mode: 'onTouched',
  })
  const { onRefused, ...own } = options
  const act = useAction<Values, Output>({
    ...own,
    isQuiet: true,
    isForm: true,
    // Marks the saved values as clean; the operator may have edited the fields since.
    onDone: options.onDone ?? ((_output, values) => form.reset(values, { keepValues: true })),
  })
  const isSubmitting = useRef(false)
  /** The values of the first submission, until the server has decided. */
  const firstValues = useRef<Values | null>(null)
  const { errors, isDirty } = form.formState
  useUnsavedForm(isDirty, act.isPending)
  const save = async (values: Values) => {
    setProblem(null)
    firstValues.current ??= values
    try {
      await act.mutateAsync(values)
      firstValues.current = null
    } catch (error) {
      const details = error instanceof DashboardError ? error.details : null
      const name = details?.parameter
      // The first submission succeeded: a retry with its values returns its result.
      if (details?.reason === 'submitted_with_other_values')
        form.reset(firstValues.current ?? values, { keepDefaultValues: true })
      else if (isDecided(error)) firstValues.current = null
      if (onRefused?.(error, values)) return
      if (name && get(form.getValues(), name) !== undefined)
        form.setError(name as Path<Values>, { message: describe(error) }, { shouldFocus: true })
      else setProblem(describe(error))
    }
  }
  return {
    form,
    act,
    /** Submits values that the operator has confirmed in a dialog. */
    save,
    /** The error of the whole form; null: none. */
    problem,
    isBusy: act.isPending,
    onSubmit: async (event: React.FormEvent) => {
      // A form in a sheet must not submit the form around it.
      event.stopPropagation()
      event.preventDefault()
      // `isBusy` is too late: before the next render, and while the schema loads.
      if (isSubmitting.current) return
      isSubmitting.current = true
      await form
        .handleSubmit(save)(event)
        .finally(() => (isSubmitting.current = false))
    },
    /** Binds a control to a value by name. */
    field(name: Path<Values>, rules?: RegisterOptions<Values>) {
      const error: { message?: string } | undefined = get(errors, name)
      return { ...form.register(name, rules), error: error?.message ?? null }
    },
  }
}
