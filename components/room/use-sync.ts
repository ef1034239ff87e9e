import type { UseMutationResult } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'
import { doubtsQuery, roomsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import type { RoomChanges } from '@/lib/room/list-room-names'

export type Sync = UseMutationResult<RoomChanges, Error, void>

/** Asks WeChat for a robot's rooms; what has changed is its data. */
export function useSync(robotId: string): Sync {
  return useAct<void, RoomChanges>({
    call: () => callDashboard(`/robots/${robotId}/rooms/sync`, 'POST', {}),
    refresh: [roomsQuery(robotId).queryKey, doubtsQuery(robotId).queryKey],
    isQuiet: true,
  })
}
