import { AccountPanel } from '@/components/settings/account-panel'
import { pageTitle } from '../page-title'
import { requireOperator } from '../require-operator'

export const generateMetadata = pageTitle('settings.title')

export default async function SettingsPage() {
  const { operator } = await requireOperator()
  return <AccountPanel email={operator.email} role={operator.role} />
}
