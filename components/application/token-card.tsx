'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationDetail, TokenView } from '@/app/api/dashboard/views/applications'
import { useCanChange } from '@/components/frame/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row, Table } from '@/components/ui/table'
import { IssueTokenSheet } from './issue-token-sheet'
import { TokenMenu } from './token-menu'
import { TokenState } from './token-state'

/** An application's access tokens: prefix and last four, never the token. */
export function TokenCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('token')
  const canChange = useCanChange()
  // Counts the sheets opened, so that each starts empty and none shows an earlier token.
  const [opened, setOpened] = useState(0)
  const [isIssuing, setIssuing] = useState(false)
  const issue = () => {
    setOpened(opened + 1)
    setIssuing(true)
  }
  const common = useTranslations('common')
  const columns = [
    { key: 'name', title: t('column.name') },
    { key: 'token', title: t('column.token'), className: 'hidden sm:table-cell' },
    { key: 'state', title: t('column.state') },
    { key: 'lastUsed', title: t('column.lastUsed'), className: 'hidden sm:table-cell' },
    { key: 'rate', title: t('column.rate'), className: 'hidden text-right md:table-cell' },
    { key: 'act', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  const tokens = application.tokens.filter((token) => !token.isCallbackOnly)
  return (
    <Card
      title={t('title')}
      hint={t('hint')}
      action={
        canChange && (
          <Button look="primary" onClick={issue}>
            {t('issue')}
          </Button>
        )
      }
    >
      {tokens.length === 0 ? (
        <p className="text-muted">{t('none')}</p>
      ) : (
        <Table caption={t('title')} columns={columns}>
          {tokens.map((token) => (
            <Row key={token.id}>
              <Cell className="font-medium">
                {token.name}
                <div className="font-mono text-sm font-normal text-muted sm:hidden">wx_…{token.lastFour}</div>
              </Cell>
              <Cell className="hidden font-mono text-sm whitespace-nowrap sm:table-cell">wx_…{token.lastFour}</Cell>
              <Cell>
                <TokenState token={token} />
              </Cell>
              <Cell className="hidden text-muted sm:table-cell">
                {token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : t('neverUsed')}
              </Cell>
              <Cell className="hidden text-right md:table-cell">{rateOf(token, t('noLimit'))}</Cell>
              <ActionCell>
                {canChange && token.state !== 'revoked' && <TokenMenu applicationId={application.id} token={token} />}
              </ActionCell>
            </Row>
          ))}
        </Table>
      )}
      <IssueTokenSheet key={opened} applicationId={application.id} isOpen={isIssuing} onOpenChange={setIssuing} />
    </Card>
  )
}

function rateOf(token: TokenView, noLimit: string): string {
  return token.rateLimitPerMinute === 0 ? noLimit : String(token.rateLimitPerMinute)
}
