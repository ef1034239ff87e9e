import { SamplesTab } from '@/components/application/samples-tab'
import { pageTitle } from '../../../page-title'

export const generateMetadata = pageTitle('application.tab.samples')

export default async function ApplicationSamplesPage({ params }: { params: Promise<{ applicationId: string }> }) {
  return <SamplesTab applicationId={(await params).applicationId} />
}
