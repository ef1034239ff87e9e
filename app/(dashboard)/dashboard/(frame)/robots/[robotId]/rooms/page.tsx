import { readRooms } from '@/app/api/dashboard/views/rooms'
import { Prefetch } from '@/components/queries/prefetch'
import { roomsQuery } from '@/components/queries/queries'
import { RoomList } from '@/components/room/room-list'
import { foundOr404 } from '../../../found-or-404'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('robot.tab.rooms')

export default async function RoomsPage({ params }: { params: Promise<{ robotId: string }> }) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  return (
    <Prefetch entries={[[roomsQuery(robotId), await foundOr404(readRooms(ctx, robotId))]]}>
      <RoomList robotId={robotId} />
    </Prefetch>
  )
}
