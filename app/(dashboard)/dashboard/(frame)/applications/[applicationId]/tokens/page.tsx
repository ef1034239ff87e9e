import { TokensTab } from '@/components/application/tokens-tab'
import { pageTitle } from '../../../page-title'

export const generateMetadata = pageTitle('application.tab.tokens')

export default async function ApplicationTokensPage({ params }: { params: Promise<{ applicationId: string }> }) {
  return <TokensTab applicationId={(await params).applicationId} />
}
