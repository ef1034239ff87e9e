import type { UseMutationResult } from '@tanstack/react-query'
import { ambiguitiesQuery, roomsQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import type { RoomChanges } from '@/lib/room/list-room-names'

export type Sync = UseMutationResult<RoomChanges, Error, void>

/** Syncs the rooms of a robot; its data is what changed. */
export function useSync(robotId: string): Sync {
  return useAction({
    call: (_input, send) => send('POST', '/robots/[robotId]/rooms/sync', { ids: { robotId } }),
    refresh: [roomsQuery(robotId).queryKey, ambiguitiesQuery(robotId).queryKey],
    isQuiet: true,
  })
}
