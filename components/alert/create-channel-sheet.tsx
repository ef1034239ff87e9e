'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'use-intl'
import { applicationNamesQuery } from '@/components/queries/queries'
import { loadPart } from '@/components/ui/load-part'
import { Sheet } from '@/components/ui/sheet'

/** Loaded when the sheet opens: most visitors of the page create nothing. */
const CreateChannelForm = dynamic(() =>
  loadPart(() => import('@/components/alert/create-channel-form').then((file) => file.CreateChannelForm)),
)

export type OwnerRobot = { id: string; name: string; applicationId: string }

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; robots: OwnerRobot[] }

export function CreateChannelSheet({ isOpen, onOpenChange, robots }: Props) {
  const t = useTranslations('alert')
  const { data: applications } = useQuery({ ...applicationNamesQuery(), enabled: isOpen })
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('create')} description={t('createHint')}>
      {applications && <CreateChannelForm applications={applications} robots={robots} />}
    </Sheet>
  )
}
