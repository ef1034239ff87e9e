import type { UseMutationResult } from '@tanstack/react-query'
import { roomMembersQuery } from '@/components/contact/contact-queries'
import { useAction } from '@/components/queries/use-action'

export type ReadMembersAction = UseMutationResult<unknown, Error, { isForced: boolean }>

/** Reads the members of a room from WeChat; without `isForced` only if they were not read in the last minutes. */
export function useReadMembers(room: { robotId: string; roomId: string }): ReadMembersAction {
  return useAction<{ isForced: boolean }>({
    call: (body, send) => send('POST', '/robots/[robotId]/rooms/[roomId]/members', { ids: room, body }),
    refresh: [roomMembersQuery(room).queryKey],
    isQuiet: true,
  })
}
