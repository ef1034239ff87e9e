import { readAmbiguities } from '@/lib/dashboard/room/ambiguities'
import { readRooms, roomListQuery } from '@/lib/dashboard/room/list'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { ambiguitiesQuery, roomFilters, roomsQuery } from '@/components/queries/queries'
import { AmbiguityList } from '@/components/room/ambiguity-list'
import { RoomList } from '@/components/room/room-list'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('robot.tab.rooms')

type Props = {
  params: Promise<{ robotId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function RoomsPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const listParams = pickListParams(await searchParams, roomFilters)
  const read = Promise.all([
    listEntry(roomsQuery(robotId, listParams), roomListQuery, listParams, (query) => readRooms(ctx, robotId, query)),
    readAmbiguities(ctx, robotId),
  ])
  const [rooms, ambiguities] = await foundOr404(read)
  return (
    <Prefetch entries={[...rooms, prefetched(ambiguitiesQuery(robotId), ambiguities)]}>
      <AmbiguityList robotId={robotId} />
      <RoomList robotId={robotId} />
    </Prefetch>
  )
}
