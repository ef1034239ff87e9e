'use client'

import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RepliesView, RuleView } from '@/lib/dashboard/reply/replies'
import { repliesKey } from '@/components/queries/reply-queries'
import { useAction } from '@/components/queries/use-action'
import { DryRun } from '@/components/reply/dry-run'
import { RuleScope } from '@/components/reply/rule-scope'
import { RuleSheet } from '@/components/reply/rule-sheet'
import { useCanChange } from '@/components/shell/role-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

type Props = { applicationId: string; replies: RepliesView }

/** The rules of an application in the order in which they are tried, and a dry run. */
export function RulesCard({ applicationId, replies }: Props) {
  const t = useTranslations('reply')
  const canChange = useCanChange()
  const [edited, setEdited] = useState<RuleView | 'new' | null>(null)
  const [removed, setRemoved] = useState<RuleView | null>(null)
  const move = useAction<{ ruleId: string; place: number }>({
    call: ({ ruleId, place }, send) =>
      send('POST', '/applications/[applicationId]/rules/[ruleId]/place', {
        ids: { applicationId, ruleId },
        body: { place },
      }),
    refresh: [repliesKey],
  })
  const remove = useAction<string>({
    call: (ruleId, send) =>
      send('DELETE', '/applications/[applicationId]/rules/[ruleId]', { ids: { applicationId, ruleId } }),
    done: t('ruleRemoved'),
    refresh: [repliesKey],
    onDone: () => setRemoved(null),
  })
  const { rules } = replies
  return (
    <Card
      title={t('rulesTitle')}
      hint={t('rulesHint')}
      action={canChange && <Button onClick={() => setEdited('new')}>{t('newRule')}</Button>}
    >
      {rules.length === 0 && <p className="text-muted">{t('noRules')}</p>}
      <ol className="divide-y divide-subtle">
        {rules.map((rule, index) => (
          <li key={rule.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
            <span className="w-5 text-right text-sm text-muted tabular-nums">{index + 1}</span>
            <div className="min-w-0 flex-1 basis-60">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {rule.name}
                {!rule.isEnabled && <Badge tone="muted">{t('off')}</Badge>}
              </p>
              <p className="text-sm wrap-anywhere text-muted">
                {t(`trigger.${rule.trigger}`)} {rule.patterns.join(' · ')} → {t(`answer.${rule.answer}`)}{' '}
                {rule.hasImage ? t('uploadedImage') : rule.content.slice(0, 80)}
              </p>
              <RuleScope rule={rule} replies={replies} />
              <p className="text-sm text-muted">{t('fired', { count: rule.firedCount })}</p>
            </div>
            {canChange && (
              <span className="flex items-center">
                <Button
                  variant="quiet"
                  aria-label={t('moveUp', { name: rule.name })}
                  disabled={index === 0 || move.isPending}
                  onClick={() => move.mutate({ ruleId: rule.id, place: index })}
                >
                  <ArrowUp size={15} aria-hidden />
                </Button>
                <Button
                  variant="quiet"
                  aria-label={t('moveDown', { name: rule.name })}
                  disabled={index === rules.length - 1 || move.isPending}
                  onClick={() => move.mutate({ ruleId: rule.id, place: index + 2 })}
                >
                  <ArrowDown size={15} aria-hidden />
                </Button>
                <Button
                  variant="quiet"
                  aria-label={t('editNamed', { name: rule.name })}
                  onClick={() => setEdited(rule)}
                >
                  {t('edit')}
                </Button>
                <Button
                  variant="quiet"
                  aria-label={t('removeNamed', { name: rule.name })}
                  onClick={() => setRemoved(rule)}
                >
                  {t('remove')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {canChange && <DryRun applicationId={applicationId} replies={replies} />}
      {edited && (
        <RuleSheet
          applicationId={applicationId}
          replies={replies}
          rule={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        isOpen={removed !== null}
        onOpenChange={() => setRemoved(null)}
        title={t('removeAsk', { name: removed?.name ?? '' })}
        action={t('remove')}
        isBusy={remove.isPending}
        onConfirm={() => removed && remove.mutate(removed.id)}
      >
        {t('removeEffect')}
      </ConfirmDialog>
    </Card>
  )
}
