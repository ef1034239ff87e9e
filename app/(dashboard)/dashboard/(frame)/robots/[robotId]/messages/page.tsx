import { readMessages } from '@/app/api/dashboard/views/messages'
import { readRooms } from '@/app/api/dashboard/views/rooms'
import { MessagePanel } from '@/components/message/message-panel'
import { Prefetch } from '@/components/queries/prefetch'
import { messagesQuery, roomsQuery } from '@/components/queries/queries'
import { foundOr404 } from '../../../found-or-404'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('robot.tab.messages')

type Props = { params: Promise<{ robotId: string }>; searchParams: Promise<{ room?: string | string[] }> }

export default async function MessagesPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const { room } = await searchParams
  const roomId = typeof room === 'string' && room ? room : null
  const [rooms, messages] = await foundOr404(
    Promise.all([readRooms(ctx, robotId), readMessages(ctx, { robotId, roomId: roomId ?? undefined })]),
  )
  return (
    <Prefetch
      entries={[
        [roomsQuery(robotId), rooms],
        [messagesQuery(robotId, roomId), { pages: [messages], pageParams: [0] }],
      ]}
    >
      <MessagePanel robotId={robotId} />
    </Prefetch>
  )
}
