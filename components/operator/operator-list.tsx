'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row, SkeletonRows, Table } from '@/components/ui/table'
import { CreateOperatorSheet } from './create-operator-sheet'
import { OperatorActions } from './operator-actions'
import { operatorsQuery } from './operators-query'

/** The people of the dashboard and what they may do. */
export function OperatorList({ ownId }: { ownId: string }) {
  const t = useTranslations('operators')
  const operator = useTranslations('operator')
  const common = useTranslations('common')
  const canChange = useCanChange()
  // Counts the sheets opened, so that none shows an earlier password.
  const [opened, setOpened] = useState(0)
  const [isCreating, setCreating] = useState(false)
  const { data: operators, error, refetch } = useQuery(operatorsQuery())
  const create = () => {
    setOpened(opened + 1)
    setCreating(true)
  }
  const columns = [
    { key: 'email', title: t('email') },
    { key: 'role', title: t('role') },
    { key: 'createdAt', title: t('createdAt'), className: 'hidden sm:table-cell' },
    { key: 'act', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  return (
    <Card
      title={t('title')}
      hint={t('hint')}
      action={
        canChange && (
          <Button look="primary" onClick={create}>
            {t('create')}
          </Button>
        )
      }
    >
      {error && !operators ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Table caption={t('title')} columns={columns}>
          {!operators && <SkeletonRows columns={columns} />}
          {operators?.map((one) => (
            <Row key={one.id}>
              <Cell className="break-all">
                {one.email} {one.id === ownId && <Badge tone="muted">{t('you')}</Badge>}
              </Cell>
              <Cell>
                <Badge tone={one.role === 'admin' ? 'ok' : 'muted'}>{operator(`role.${one.role}`)}</Badge>
              </Cell>
              <Cell className="hidden text-muted sm:table-cell">
                <RelativeTime at={one.createdAt} />
              </Cell>
              <ActionCell>{canChange && one.id !== ownId && <OperatorActions operator={one} />}</ActionCell>
            </Row>
          ))}
        </Table>
      )}
      <CreateOperatorSheet key={opened} isOpen={isCreating} onOpenChange={setCreating} />
    </Card>
  )
}
