import { SettingsPanel } from '@/components/settings/settings-panel'
import { requireOperator } from '../require-operator'

export default async function SettingsPage() {
  const { operator } = await requireOperator()
  return <SettingsPanel email={operator.email} role={operator.role} />
}
