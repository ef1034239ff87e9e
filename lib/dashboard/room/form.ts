import { z } from 'zod'

/** Whether the operator has confirmed that the change affects the callbacks of other rooms. */
export const isConfirmed = z.boolean().default(false)

export const bindingForm = z.object({
  roomIds: z.array(z.string().min(1).max(64)).min(1, 'chooseRoom').max(500, 'tooManyRooms'),
  /** null: follow the agent_id rule. */
  isBound: z.boolean().nullable(),
  isConfirmed,
})

/** null: the room is new. */
export const decisionForm = z.object({ knownRoomId: z.string().min(1).nullable() })
