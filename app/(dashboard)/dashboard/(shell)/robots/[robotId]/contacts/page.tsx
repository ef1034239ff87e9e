import { addressBookQuery as addressBookParams } from '@/lib/dashboard/robot/contact-form'
import { readAddressBook, readFriendRequests } from '@/lib/dashboard/robot/address-book'
import { ContactPanel } from '@/components/contact/contact-panel'
import { addressBookQuery, friendRequestsQuery } from '@/components/contact/contact-queries'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('robot.tab.contacts')

type Props = {
  params: Promise<{ robotId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ContactsPage({ params, searchParams }: Props) {
  const { ctx } = await requireOperator()
  const { robotId } = await params
  const { q = '' } = pickListParams(await searchParams, [])
  const query = addressBookParams.safeParse({ q })
  const [book, requests] = await foundOr404(
    Promise.all([
      readAddressBook(ctx, robotId, query.success ? query.data : {}),
      readFriendRequests(ctx, robotId, { state: 'pending' }),
    ]),
  )
  const entries = [
    prefetched(friendRequestsQuery(robotId), { pages: [requests], pageParams: [0] }),
    ...(query.success ? [prefetched(addressBookQuery(robotId, q), { pages: [book], pageParams: [''] })] : []),
  ]
  return (
    <Prefetch entries={entries}>
      <ContactPanel robotId={robotId} />
    </Prefetch>
  )
}
