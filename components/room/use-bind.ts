import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useTranslations } from 'use-intl'
import type { DataOf } from '@/components/queries/prefetch'
import { roomsQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { useScopeConfirmation } from '@/components/room/scope-confirmation'

export type Binding = { roomIds: string[]; isBound: boolean | null; isConfirmed?: boolean }

/**
 * Binds or unbinds rooms; null makes them follow the rule again. Certain results are shown immediately; `question` asks
 * about effects on the notifications of other rooms.
 */
export function useBind(robotId: string, onDone?: () => void) {
  const t = useTranslations('room')
  const client = useQueryClient()
  const { queryKey } = roomsQuery(robotId)
  const question = useScopeConfirmation<Binding>()
  const act = useAction({
    call: async ({ roomIds, isBound, isConfirmed = false }: Binding, send) => {
      await client.cancelQueries({ queryKey })
      // Only the server knows what the rule binds, and it may ask first.
      if (isBound !== null)
        client.setQueriesData<DataOf<ReturnType<typeof roomsQuery>>>(
          { queryKey },
          (page) =>
            page && {
              ...page,
              rows: page.rows.map((room) =>
                roomIds.includes(room.id) ? { ...room, isBound, bindingSource: 'operator' as const } : room,
              ),
            },
        )
      const body = { roomIds, isBound, isConfirmed }
      await send('PUT', '/robots/[robotId]/rooms/bindings', { ids: { robotId }, body })
    },
    refresh: [queryKey],
    onRefused: question.ask,
    onDone: (_answer, { roomIds, isBound }) => {
      const count = roomIds.length
      toast.success(t(isBound === null ? 'backToRuleDone' : isBound ? 'bindDone' : 'unbindDone', { count }))
      question.close()
      onDone?.()
    },
  })
  const confirm = (input: Binding) => act.mutate({ ...input, isConfirmed: true })
  return { mutate: act.mutate, isPending: act.isPending, question, confirm }
}
