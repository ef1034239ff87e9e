export type RobotStatus = 'offline' | 'waiting_scan' | 'waiting_confirm' | 'online' | 'reconnecting'
export type KnownRoom = { id: string; name: string; isGone: boolean }

/** What a robot's application can be told the changes of. */
export type Situation = {
  status: RobotStatus
  /** Why it went offline; "" else. */
  reason: string
  rooms: readonly KnownRoom[]
}

export type Change =
  | { type: 'robot_status'; status: RobotStatus; reason: string }
  | { type: 'room_joined' | 'room_left'; room: KnownRoom }
  | { type: 'room_renamed'; room: KnownRoom; previousName: string }

/** Says what changed for a robot. Where no room was known its first list is no news. */
export function compareSituations(before: Situation, now: Situation): Change[] {
  const { status, reason } = now
  const changes: Change[] = status === before.status ? [] : [{ type: 'robot_status', status, reason }]
  if (before.rooms.length === 0) return changes
  const known = new Map(before.rooms.map((room) => [room.id, room]))
  for (const room of now.rooms) {
    const was = known.get(room.id)
    if (!was || was.isGone) {
      if (!room.isGone) changes.push({ type: 'room_joined', room })
    } else if (room.isGone) changes.push({ type: 'room_left', room })
    else if (was.name !== room.name) changes.push({ type: 'room_renamed', room, previousName: was.name })
  }
  return changes
}
