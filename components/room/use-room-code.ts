import type { UseMutationResult } from '@tanstack/react-query'
import { useAction } from '@/components/queries/use-action'

export type RoomCodeAction = UseMutationResult<{ url: string; expiresAt: string }, Error, void>

/** Returns the QR code by which a person joins a room, fetched if none is stored. */
export function useRoomCode({ robotId, roomId }: { robotId: string; roomId: string }): RoomCodeAction {
  return useAction({
    call: (_input, send) => send('POST', '/robots/[robotId]/rooms/[roomId]/code', { ids: { robotId, roomId } }),
    refresh: [],
    isQuiet: true,
  })
}
