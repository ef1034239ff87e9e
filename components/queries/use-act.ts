import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useErrorText } from './use-error-text'

/**
 * An action of an operator: calls, says how it went in a toast, and has what it changed read again.
 * With `isQuiet` the caller shows the error itself, in its form.
 */
export function useAct<Input = void, Output = unknown>(options: {
  call: (input: Input) => Promise<Output>
  done?: string
  refresh?: QueryKey[]
  isQuiet?: boolean
  onDone?: (output: Output, input: Input) => void
}) {
  const client = useQueryClient()
  const describe = useErrorText()
  return useMutation<Output, Error, Input>({
    mutationFn: options.call,
    onSuccess: (output, input) => {
      if (options.done) toast.success(options.done)
      options.onDone?.(output, input)
    },
    onError: (error) => {
      if (!options.isQuiet) toast.error(describe(error))
    },
    onSettled: () => Promise.all((options.refresh ?? []).map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
