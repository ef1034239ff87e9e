'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { TableCard } from '@/components/table/table-card'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row } from '@/components/ui/table'
import { CreateOperatorSheet } from '@/components/operator/create-operator-sheet'
import { LockNotice } from '@/components/operator/lock-notice'
import { OperatorActions } from '@/components/operator/operator-actions'
import { operatorsQuery } from '@/components/operator/operators-query'

/** Lists operators: role, last sign-in, and whether they are locked. */
export function OperatorList({ ownId }: { ownId: string }) {
  const t = useTranslations('operators')
  const operator = useTranslations('operator')
  const common = useTranslations('common')
  const canChange = useCanChange()
  const [isCreating, setCreating] = useState(false)
  const { data: operators, error, refetch } = useQuery(operatorsQuery())
  const columns = [
    { key: 'email', title: t('email') },
    { key: 'role', title: t('role') },
    { key: 'lastSignIn', title: t('lastSignIn') },
    { key: 'createdAt', title: t('createdAt'), className: 'sm:max-md:hidden' },
    { key: 'act', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  const create = canChange && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  return (
    <>
      <TableCard
        title={t('title')}
        hint={canChange ? t('hint') : t('hintForViewers')}
        action={create}
        columns={columns}
        items={operators}
        error={error}
        onRetry={refetch}
      >
        {(one) => (
          <Row key={one.id}>
            <Cell className="break-all">
              {one.email} {one.id === ownId && <Badge tone="muted">{t('you')}</Badge>}
              {one.lockedUntil && <LockNotice operator={one} lockedUntil={one.lockedUntil} />}
            </Cell>
            <Cell label={t('role')}>
              <Badge tone={one.role === 'admin' ? 'ok' : 'muted'}>{operator(`role.${one.role}`)}</Badge>
            </Cell>
            <Cell label={t('lastSignIn')} className="text-muted">
              {one.lastSignInAt ? <RelativeTime at={one.lastSignInAt} /> : t('neverSignedIn')}
            </Cell>
            <Cell label={t('createdAt')} className="text-muted sm:max-md:hidden">
              <RelativeTime at={one.createdAt} />
            </Cell>
            <ActionCell>{canChange && one.id !== ownId && <OperatorActions operator={one} />}</ActionCell>
          </Row>
        )}
      </TableCard>
      <CreateOperatorSheet isOpen={isCreating} onOpenChange={setCreating} />
    </>
  )
}
