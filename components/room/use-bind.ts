import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useTranslations } from 'use-intl'
import type { RoomsView } from '@/app/api/dashboard/views/rooms'
import { callDashboard } from '@/components/queries/call-dashboard'
import { roomsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'

type Binding = { roomIds: string[]; isBound: boolean | null }

/** Binds rooms, unbinds them, or with null gives them back to the rule. What is sure is shown at once. */
export function useBind(robotId: string, onDone?: () => void) {
  const t = useTranslations('room')
  const client = useQueryClient()
  const { queryKey } = roomsQuery(robotId)
  return useAct({
    call: async ({ roomIds, isBound }: Binding) => {
      await client.cancelQueries({ queryKey })
      // What the rule says only the server knows.
      if (isBound !== null)
        client.setQueriesData<RoomsView>(
          { queryKey },
          (page) =>
            page && {
              ...page,
              rows: page.rows.map((room) =>
                roomIds.includes(room.id) ? { ...room, isBound, bindingSource: 'operator' as const } : room,
              ),
            },
        )
      await callDashboard(`/robots/${robotId}/rooms/bindings`, 'PUT', { roomIds, isBound })
    },
    refresh: [queryKey],
    onDone: (_answer, { roomIds, isBound }) => {
      const count = roomIds.length
      toast.success(t(isBound === null ? 'backToRuleDone' : isBound ? 'bindDone' : 'unbindDone', { count }))
      onDone?.()
    },
  })
}
