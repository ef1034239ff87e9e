'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { TableCard } from '@/components/table/table-card'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row } from '@/components/ui/table'
import { CreateOperatorSheet } from './create-operator-sheet'
import { LockNote } from './lock-note'
import { OperatorActions } from './operator-actions'
import { operatorsQuery } from './operators-query'

/** The people of the dashboard, what they may do, when they were last here, and whether they are locked out. */
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
    { key: 'lastSignIn', title: t('lastSignIn'), className: 'hidden sm:table-cell' },
    { key: 'createdAt', title: t('createdAt'), className: 'hidden md:table-cell' },
    { key: 'act', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  const create = canChange && (
    <Button look="primary" onClick={() => setCreating(true)}>
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
              {one.lockedUntil && <LockNote operator={one} lockedUntil={one.lockedUntil} />}
            </Cell>
            <Cell>
              <Badge tone={one.role === 'admin' ? 'ok' : 'muted'}>{operator(`role.${one.role}`)}</Badge>
            </Cell>
            <Cell className="hidden text-muted sm:table-cell">
              {one.lastSignInAt ? <RelativeTime at={one.lastSignInAt} /> : t('neverSignedIn')}
            </Cell>
            <Cell className="hidden text-muted md:table-cell">
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
