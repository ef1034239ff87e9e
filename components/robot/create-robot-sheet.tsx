'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { applicationNamesQuery } from '@/components/queries/queries'
import { Sheet } from '@/components/ui/sheet'

/** Loaded when the sheet opens: most visitors of the list create nothing. */
const CreateRobotForm = dynamic(() =>
  loadPart(() => import('@/components/robot/create-robot-form').then((file) => file.CreateRobotForm)),
)

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; applicationId?: string }

export function CreateRobotSheet({ isOpen, onOpenChange, applicationId }: Props) {
  const t = useTranslations('robot')
  const { data: applications } = useQuery({ ...applicationNamesQuery(), enabled: isOpen })
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('create')} description={t('createHint')}>
      {applications?.length === 0 && (
        <p>
          {t('needsApplication')}{' '}
          <Link href="/dashboard/applications" className="link">
            {t('toApplications')}
          </Link>
        </p>
      )}
      {applications && applications.length > 0 && (
        <CreateRobotForm applications={applications} applicationId={applicationId ?? applications[0]?.id ?? ''} />
      )}
    </Sheet>
  )
}
