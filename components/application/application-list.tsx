'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { applicationsQuery } from '@/components/queries/queries'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, RowLink, SkeletonRows, Table } from '@/components/ui/table'
import { CreateApplicationSheet } from './create-application-sheet'

export function ApplicationList() {
  const t = useTranslations('application')
  const canChange = useCanChange()
  const { data: applications, error, refetch } = useQuery(applicationsQuery())
  const [isCreating, setCreating] = useState(false)
  const create = canChange && (
    <Button look="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  const columns = [
    { key: 'name', title: t('column.name') },
    { key: 'callbackUrl', title: t('column.callbackUrl'), className: 'hidden sm:table-cell' },
    { key: 'robots', title: t('column.robots'), className: 'text-right' },
    { key: 'tokens', title: t('column.tokens'), className: 'text-right' },
    { key: 'createdAt', title: t('column.createdAt'), className: 'hidden md:table-cell' },
  ]
  return (
    <>
      <PageHeader title={t('title')} action={create}>
        {t('intro')}
      </PageHeader>
      {error && !applications && <ErrorState error={error} onRetry={refetch} />}
      {applications?.length === 0 && (
        <EmptyState title={t('emptyTitle')} action={create}>
          {t('emptyHint')}
        </EmptyState>
      )}
      {!error && applications?.length !== 0 && (
        <Table caption={t('title')} columns={columns}>
          {!applications && <SkeletonRows columns={columns} />}
          {applications?.map((application) => (
            <Row key={application.id}>
              <Cell>
                <RowLink href={`/dashboard/applications/${application.id}`}>{application.name}</RowLink>{' '}
                {application.isDisabled && <Badge tone="warn">{t('disabled')}</Badge>}
              </Cell>
              <Cell className="hidden max-w-[320px] truncate font-mono text-sm text-muted sm:table-cell">
                {application.callbackUrl ?? t('noCallbackUrl')}
              </Cell>
              <Cell className="text-right">{application.robotCount}</Cell>
              <Cell className="text-right">{application.tokenCount}</Cell>
              <Cell className="hidden text-muted md:table-cell">
                <RelativeTime at={application.createdAt} />
              </Cell>
            </Row>
          ))}
        </Table>
      )}
      <CreateApplicationSheet isOpen={isCreating} onOpenChange={setCreating} />
    </>
  )
}
