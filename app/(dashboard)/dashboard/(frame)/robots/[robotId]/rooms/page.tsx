import { readDoubts } from '@/app/api/dashboard/views/doubts'
import { readRooms, roomListQuery } from '@/app/api/dashboard/views/rooms'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { doubtsQuery, roomFilters, roomsQuery } from '@/components/queries/queries'
import { DoubtList } from '@/components/room/doubt-list'
import { RoomList } from '@/components/room/room-list'
import { foundOr404 } from '../../../found-or-404'
import { listEntry } from '../../../list-entry'
import { pageTitle } from '../../../page-title'
import { requireOperator } from '../../../require-operator'

export const generateMetadata = pageTitle('robot.tab.rooms')

type Props = {
  params: Promise<{ robotId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function RoomsPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const asked = pickListParams(await searchParams, roomFilters)
  const read = Promise.all([
    listEntry(roomsQuery(robotId, asked), roomListQuery, asked, (query) => readRooms(ctx, robotId, query)),
    readDoubts(ctx, robotId),
  ])
  const [rooms, doubts] = await foundOr404(read)
  return (
    <Prefetch entries={[...rooms, [doubtsQuery(robotId), doubts]]}>
      <DoubtList robotId={robotId} />
      <RoomList robotId={robotId} />
    </Prefetch>
  )
}
