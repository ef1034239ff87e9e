import { TokensTab } from '@/components/application/tokens-tab'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'

export const generateMetadata = pageTitle('application.tab.tokens')

export default async function ApplicationTokensPage({ params }: { params: Promise<{ applicationId: string }> }) {
  return <TokensTab applicationId={(await params).applicationId} />
}
