import { SettingsTab } from '@/components/application/settings-tab'
import { pageTitle } from '../../../page-title'

export const generateMetadata = pageTitle('application.tab.settings')

export default async function ApplicationSettingsPage({ params }: { params: Promise<{ applicationId: string }> }) {
  return <SettingsTab applicationId={(await params).applicationId} />
}
