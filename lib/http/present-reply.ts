import type { AnswerToQuestion } from '@/lib/actions/answer-question'
import type { Article } from '@/lib/article/articles'
import type { QuickReply } from '@/lib/quick-reply/quick-replies'
import type { RuleRow } from '@/lib/rule/change-rules'

export function presentRule({ openingHours, ...rule }: RuleRow) {
  const {
    id,
    name,
    trigger,
    patterns,
    answer,
    content,
    hasImage,
    robotId,
    qunId,
    isEnabled,
    cooldownSeconds,
    firedCount,
  } = rule
  return {
    id,
    name,
    trigger,
    patterns,
    answer,
    content,
    has_image: hasImage,
    robot_id: robotId,
    qun_id: qunId,
    enabled: isEnabled,
    opening_hours: openingHours && {
      time_zone: openingHours.timeZone,
      days: openingHours.days,
      from: openingHours.from,
      to: openingHours.to,
      is_outside: openingHours.isOutside,
    },
    cooldown_seconds: cooldownSeconds,
    fired_count: firedCount,
  }
}

export function presentArticle({ id, source, title, content, changedAt }: Article) {
  return { id, source, title, content, changed_at: changedAt.toISOString() }
}

export function presentQuickReply({ id, shortcut, text, changedAt }: QuickReply) {
  return { id, shortcut, text, changed_at: changedAt.toISOString() }
}

export function presentModelAnswer(result: AnswerToQuestion) {
  return {
    outcome: result.outcome,
    answer: result.outcome === 'answered' ? result.answer : '',
    failure: result.outcome === 'failed' ? result.failure : '',
    articles: result.articles.map(({ id, title, isCited }) => ({ id, title, cited: isCited })),
    token_count: result.tokenCount,
    cost: result.cost,
    currency: result.currency,
    embedding_failure: result.embeddingFailure,
  }
}
