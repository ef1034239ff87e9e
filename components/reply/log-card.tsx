'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RuleView } from '@/lib/dashboard/reply/replies'
import { replyLogQuery } from '@/components/queries/reply-queries'
import { DecisionItem } from '@/components/reply/decision-item'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { useStateText } from '@/components/state/use-state-text'
import { SelectField } from '@/components/ui/field'
import { MoreButton } from '@/components/ui/more-button'

const outcomes = ['replied', 'handed_over', 'silent'] as const
type Outcome = (typeof outcomes)[number]

/** What the automatic replies of an application decided, latest first: what replied to each event, or why nothing did. */
export function LogCard({ applicationId, rules }: { applicationId: string; rules: RuleView[] }) {
  const t = useTranslations('reply.log')
  const [outcome, setOutcome] = useState<Outcome | ''>('')
  const [rule, setRule] = useState('')
  const filters = { ...(outcome && { outcome }), ...(rule && { rule }) }
  const query = useInfiniteQuery(replyLogQuery(applicationId, filters))
  const { data, error, refetch, isPlaceholderData } = query
  const stateText = useStateText()
  const decisions = data?.pages.flatMap((page) => page.decisions) ?? []
  const isNarrowed = outcome !== '' || rule !== ''
  return (
    <Card title={t('title')} hint={t('hint')}>
      <div className="flex flex-wrap gap-3 *:min-w-0 *:flex-1 *:basis-40">
        <SelectField
          label={t('outcomeFilter')}
          value={outcome}
          onChange={({ target }) => setOutcome(outcomes.find((each) => each === target.value) ?? '')}
        >
          <option value="">{t('allOutcomes')}</option>
          {outcomes.map((each) => (
            <option key={each} value={each}>
              {stateText('replyOutcome', each)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t('ruleFilter')} value={rule} onChange={({ target }) => setRule(target.value)}>
          <option value="">{t('allRules')}</option>
          {rules.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'mt-3 opacity-60' : 'mt-3'}>
        {error && !data && <ErrorState error={error} onRetry={refetch} />}
        {!error && !data && <p className="text-muted">{t('loading')}</p>}
        {data && decisions.length === 0 && <p className="text-muted">{t(isNarrowed ? 'noMatch' : 'empty')}</p>}
        <ol className="divide-y divide-subtle">
          {decisions.map((decision) => (
            <DecisionItem key={decision.id} decision={decision} />
          ))}
        </ol>
        <MoreButton query={query} className="mt-3">
          {t('more')}
        </MoreButton>
      </div>
    </Card>
  )
}
