'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { repliesQuery } from '@/components/queries/reply-queries'
import { ArticlesCard } from '@/components/reply/articles-card'
import { HandoverForm } from '@/components/reply/handover-form'
import { LogCard } from '@/components/reply/log-card'
import { ModelForm } from '@/components/reply/model-form'
import { QuestionCard } from '@/components/reply/question-card'
import { QuickRepliesCard } from '@/components/reply/quick-replies-card'
import { RulesCard } from '@/components/reply/rules-card'
import { StagesCard } from '@/components/reply/stages-card'

/** How an application replies automatically: who replies, rules, model, articles, handover; and the texts that operators insert. */
export function RepliesTab({ applicationId }: { applicationId: string }) {
  const { data: replies } = useSuspenseQuery(repliesQuery(applicationId))
  return (
    <div className="flex max-w-[880px] flex-col gap-6">
      <StagesCard applicationId={applicationId} settings={replies.settings} />
      <RulesCard applicationId={applicationId} replies={replies} />
      <ModelForm applicationId={applicationId} replies={replies} />
      <ArticlesCard applicationId={applicationId} />
      <QuestionCard applicationId={applicationId} isReady={replies.settings.modelName !== ''} />
      <HandoverForm applicationId={applicationId} settings={replies.settings} />
      <LogCard applicationId={applicationId} rules={replies.rules} />
      <QuickRepliesCard applicationId={applicationId} />
    </div>
  )
}
