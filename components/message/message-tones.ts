import type { MessageView } from '@/app/api/dashboard/views/messages'
import type { Tone } from '@/components/ui/badge'

/** How a message's state is coloured; its word is beside it. */
export const messageTones: Record<MessageView['state'], Tone> = {
  queued: 'muted',
  sending: 'muted',
  sent: 'ok',
  received: 'muted',
  refused: 'bad',
  unknown: 'warn',
  cancelled: 'warn',
}
