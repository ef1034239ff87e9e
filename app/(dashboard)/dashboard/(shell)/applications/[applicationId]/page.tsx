import { CallbackTab } from '@/components/application/callback-tab'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'

export const generateMetadata = pageTitle('application.title')

export default async function ApplicationCallbackPage({ params }: { params: Promise<{ applicationId: string }> }) {
  return <CallbackTab applicationId={(await params).applicationId} />
}
