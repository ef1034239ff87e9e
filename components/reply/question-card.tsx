'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { OutputOf } from '@/lib/dashboard/wire'
import { repliesKey } from '@/components/queries/reply-queries'
import { useAction } from '@/components/queries/use-action'
import { useCanChange } from '@/components/shell/role-context'
import { moneyFormat } from '@/components/reply/money-format'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/field'

type Answer = OutputOf<'POST', '/applications/[applicationId]/replies/question'>

/** Asks the model a question as a customer would, and shows the answer, the articles, the tokens and the cost. */
export function QuestionCard({ applicationId, isReady }: { applicationId: string; isReady: boolean }) {
  const t = useTranslations('reply')
  const format = useFormatter()
  const canChange = useCanChange()
  const [question, setQuestion] = useState('')
  const [answer, setAnswer] = useState<Answer | null>(null)
  const ask = useAction<string, Answer>({
    call: (text, send) =>
      send('POST', '/applications/[applicationId]/replies/question', {
        ids: { applicationId },
        body: { question: text },
      }),
    refresh: [repliesKey],
    onDone: setAnswer,
  })
  if (!canChange) return null
  return (
    <Card title={t('questionTitle')} hint={t(isReady ? 'questionHint' : 'questionNotReady')}>
      <form
        className="flex max-w-[640px] flex-col items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          setAnswer(null)
          ask.mutate(question)
        }}
      >
        <TextField
          className="w-full"
          label={t('question')}
          value={question}
          maxLength={2000}
          onChange={({ target }) => setQuestion(target.value)}
        />
        <Button type="submit" isBusy={ask.isPending} disabled={!isReady || question.trim() === ''}>
          {t('ask')}
        </Button>
      </form>
      <div aria-live="polite" className="mt-4 flex flex-col gap-3">
        {answer && (
          <>
            <p className="wrap-anywhere whitespace-pre-wrap">
              {answer.outcome === 'answered' && answer.answer}
              {answer.outcome === 'handover' && t('asksForPerson')}
              {answer.outcome === 'failed' && (
                <span className="text-bad">{t('modelFailed', { failure: answer.failure })}</span>
              )}
            </p>
            <p className="text-sm text-muted">
              {t('tokens', { count: answer.tokenCount })}
              {answer.cost !== null &&
                t('cost', { cost: format.number(answer.cost, moneyFormat(answer.cost, answer.currency)) })}
            </p>
            {answer.embeddingFailure && (
              <p className="text-sm text-warn">{t('embeddingFailed', { failure: answer.embeddingFailure })}</p>
            )}
            {answer.articles.length > 0 && (
              <ul className="flex flex-col gap-2">
                {answer.articles.map((article) => (
                  <li key={article.id} className="text-sm">
                    <span className="font-medium">{article.title}</span>{' '}
                    {article.isCited && <Badge tone="ok">{t('cited')}</Badge>}
                    <span className="block wrap-anywhere text-muted">{article.content.slice(0, 160)}</span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </Card>
  )
}
