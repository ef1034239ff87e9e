import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { nanoid } from 'nanoid'
import { useRef } from 'react'
import { toast } from 'sonner'
import { DashboardError, type SendChange, createSender } from '@/components/queries/call-dashboard'
import { useErrorText } from '@/components/queries/use-error-text'

type Options<Input, Output> = {
  /** Sends the change with `send`, which adds the idempotency key. */
  call: (input: Input, send: SendChange) => Promise<Output>
  done?: string
  refresh?: QueryKey[]
  /** Whether the caller shows the error itself; otherwise a toast does. */
  isQuiet?: boolean
  /** Whether all inputs share one idempotency key, as those of a form do; otherwise each input has its own. */
  isForm?: boolean
  onDone?: (output: Output, input: Input) => void
  /** Returns whether the caller has handled the error. */
  onRefused?: (error: Error, input: Input) => boolean
}

/**
 * Runs an action of an operator, reports the result in a toast, and refreshes the changed queries. The same input does
 * not run twice at the same time; a retry has the same idempotency key until the server has decided.
 */
export function useAction<Input = void, Output = unknown>(options: Options<Input, Output>) {
  const client = useQueryClient()
  const describe = useErrorText()
  const [running, keys] = [useRef(new Map<string, Promise<Output>>()), useRef(new Map<string, string>())]
  const slotOf = (input: Input) => (options.isForm ? '' : (JSON.stringify(input) ?? ''))
  const mutation = useMutation<Output, Error, Input>({
    mutationFn: async (input) => {
      const slot = slotOf(input)
      const key = keys.current.get(slot) ?? nanoid()
      keys.current.set(slot, key)
      try {
        const output = await options.call(input, createSender(key))
        keys.current.delete(slot)
        return output
      } catch (error) {
        if (isDecided(error)) keys.current.delete(slot)
        throw error
      }
    },
    onSuccess: (output, input) => {
      if (options.done) toast.success(options.done)
      options.onDone?.(output, input)
    },
    onError: (error, input) => {
      if (!options.onRefused?.(error, input) && !options.isQuiet) toast.error(describe(error))
    },
    onSettled: () => Promise.all((options.refresh ?? []).map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  // Not `isPending`: the second press of a double click precedes the next render.
  const mutateAsync = (input: Input): Promise<Output> => {
    const slot = slotOf(input)
    const earlier = running.current.get(slot)
    if (earlier) return earlier
    const started = mutation.mutateAsync(input).finally(() => running.current.delete(slot))
    running.current.set(slot, started)
    return started
  }
  const mutate = (input: Input) => void mutateAsync(input).catch(() => undefined)
  return { ...mutation, mutate, mutateAsync }
}

const openCodes = new Set(['OFFLINE', 'NO_RESPONSE', 'SIGNED_OUT', 'INTERNAL'])

/** Returns whether the server has decided; the next attempt is then a new request with a new key. */
export function isDecided(error: unknown): boolean {
  if (!(error instanceof DashboardError)) return false
  return !openCodes.has(error.code) && error.details.reason !== 'submitted_with_other_values'
}
