'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'use-intl'
import { applicationNamesQuery } from '@/components/queries/queries'
import { loadPart } from '@/components/ui/load-part'
import { Sheet } from '@/components/ui/sheet'

/** Loaded when the sheet opens: most visitors of the list create nothing. */
const CreateConnectorForm = dynamic(() =>
  loadPart(() => import('@/components/connector/create-connector-form').then((file) => file.CreateConnectorForm)),
)

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

export function CreateConnectorSheet({ isOpen, onOpenChange }: Props) {
  const t = useTranslations('connector')
  const { data: applications } = useQuery({ ...applicationNamesQuery(), enabled: isOpen })
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('create')} description={t('createHint')}>
      {applications && <CreateConnectorForm applications={applications} />}
    </Sheet>
  )
}
