import { sql } from 'drizzle-orm'
import { conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'

/** The name of the person that a private message was received from or sent to; null: a room, or a person who never wrote. */
export const peerName = sql<string | null>`(
  select nullif(${conversations.name}, '')
  from ${conversations}
  where ${conversations.robotId} = ${messages.robotId}
    and ${conversations.peerUsername} = ${messages.peerUsername}
    and ${conversations.roomId} is null
)`
