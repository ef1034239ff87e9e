'use client'

import { useTranslations } from 'use-intl'
import type { ConnectorDetail } from '@/lib/dashboard/connector/detail'
import { useAction } from '@/components/queries/use-action'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { CheckBadge } from '@/components/connector/check-badge'
import { connectorsKey } from '@/components/connector/connector-queries'

/** Checks a connector from a worker and lists what is missing. */
export function CheckCard({ connector }: { connector: ConnectorDetail }) {
  const t = useTranslations('connector')
  const say = useSentenceText()
  const canChange = useCanChange()
  const { id, check, checkedAt, problems } = connector
  const run = useAction({
    call: (_input, send) => send('POST', '/connectors/[connectorId]/check', { ids: { connectorId: id } }),
    refresh: [connectorsKey],
  })
  const button = canChange && (
    <Button isBusy={run.isPending} onClick={() => run.mutate()}>
      {t('checkNow')}
    </Button>
  )
  return (
    <Card title={t('checkTitle')} hint={t('checkHint')} action={button}>
      <p className="flex flex-wrap items-center gap-2" aria-live="polite">
        <CheckBadge check={check} count={problems.length} />
        {checkedAt ? (
          <span className="text-sm text-muted">
            <RelativeTime at={checkedAt} />
          </span>
        ) : (
          <span className="text-sm text-muted">{t('notChecked')}</span>
        )}
      </p>
      {problems.length > 0 && (
        <ul className="mt-3 list-disc space-y-1.5 pl-5">
          {problems.map((problem) => (
            <li key={JSON.stringify(problem)} className="wrap-anywhere">
              {say(problem) ?? problem.reason}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
