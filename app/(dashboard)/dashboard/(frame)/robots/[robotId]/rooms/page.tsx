import { readDoubts } from '@/app/api/dashboard/views/doubts'
import { readRooms } from '@/app/api/dashboard/views/rooms'
import { Prefetch } from '@/components/queries/prefetch'
import { doubtsQuery, roomsQuery } from '@/components/queries/queries'
import { DoubtList } from '@/components/room/doubt-list'
import { RoomList } from '@/components/room/room-list'
import { foundOr404 } from '../../../found-or-404'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('robot.tab.rooms')

export default async function RoomsPage({ params }: { params: Promise<{ robotId: string }> }) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const read = Promise.all([readRooms(ctx, robotId), readDoubts(ctx, robotId)])
  const [rooms, doubts] = await foundOr404(read)
  return (
    <Prefetch
      entries={[
        [roomsQuery(robotId), rooms],
        [doubtsQuery(robotId), doubts],
      ]}
    >
      <DoubtList robotId={robotId} />
      <RoomList robotId={robotId} />
    </Prefetch>
  )
}
