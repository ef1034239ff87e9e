'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { assistantsQuery } from '@/components/qun/qun-queries'
import { ErrorState } from '@/components/ui/error-state'
import { loadPart } from '@/components/ui/load-part'
import { Sheet } from '@/components/ui/sheet'

const CreateQunForm = dynamic(() =>
  loadPart(() => import('@/components/qun/create-qun-form').then((file) => file.CreateQunForm)),
)

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Requests a merchant group; without an assistant, says where to make one. */
export function CreateQunSheet({ isOpen, onOpenChange }: Props) {
  const t = useTranslations('qun')
  const { data: assistants, error, refetch } = useQuery({ ...assistantsQuery(), enabled: isOpen })
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('create')} description={t('createHint')}>
      {error && !assistants && <ErrorState error={error} onRetry={refetch} />}
      {assistants?.length === 0 && (
        <p>
          {t('needsAssistant')}{' '}
          <Link href="/dashboard/robots" className="link">
            {t('toRobots')}
          </Link>
        </p>
      )}
      {assistants && assistants.length > 0 && <CreateQunForm assistants={assistants} />}
    </Sheet>
  )
}
