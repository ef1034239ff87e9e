'use client'

import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { type DefaultValues, type FieldValues, get, type Path, type RegisterOptions, useForm } from 'react-hook-form'
import { DashboardError } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { type LoadSchema, schemaResolver } from './schema-resolver'
import { useIssueText } from './use-issue-text'

type Options<Values extends FieldValues, Output> = {
  schema: LoadSchema
  /** What the fields say at first; their names are those of the body. */
  values: DefaultValues<Values>
  call: (values: Values) => Promise<Output>
  done?: string
  refresh?: QueryKey[]
  onDone?: (output: Output, values: Values) => void
}

/**
 * A form around one action: checked by the server's own schema as fields are left and once more when it is sent. What
 * the server refuses is shown at the parameter it names, anything else in `problem`.
 */
export function useActForm<Values extends FieldValues, Output = unknown>(options: Options<Values, Output>) {
  const describeIssue = useIssueText()
  const describe = useErrorText()
  const [problem, setProblem] = useState<string | null>(null)
  const form = useForm<Values>({
    defaultValues: options.values,
    resolver: schemaResolver<Values>(options.schema, describeIssue),
    mode: 'onTouched',
  })
  const act = useAct<Values, Output>({ ...options, isQuiet: true })
  const { errors } = form.formState
  const submit = form.handleSubmit(async (values) => {
    setProblem(null)
    await act.mutateAsync(values).catch((error: unknown) => {
      const name = error instanceof DashboardError ? error.parameter : undefined
      if (name && get(form.getValues(), name) !== undefined)
        form.setError(name as Path<Values>, { message: describe(error) }, { shouldFocus: true })
      else setProblem(describe(error))
    })
  })
  return {
    form,
    act,
    /** What went wrong with the whole, in words. */
    problem,
    isBusy: act.isPending,
    onSubmit: (event: React.FormEvent) => {
      // A form in a sheet must not send the one around it.
      event.stopPropagation()
      return submit(event)
    },
    /** Ties a control to a value by name. */
    field(name: Path<Values>, rules?: RegisterOptions<Values>) {
      const error: { message?: string } | undefined = get(errors, name)
      return { ...form.register(name, rules), error: error?.message ?? null }
    },
  }
}
