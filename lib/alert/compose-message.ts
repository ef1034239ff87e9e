import type { AlertKind, AlertLanguage, AlertPhase } from '@/lib/db/types'
import { textsOf, valuesOf } from '@/lib/alert/alert-texts'
import type { DueAlert } from '@/lib/alert/claim-deliveries'

/** Alerts that a text names; the others are counted. */
const maxNamed = 20
/** Alerts that a webhook receives in one body. */
const maxInBody = 100

export type AlertItem = {
  id: string
  kind: AlertKind
  phase: AlertPhase
  applicationId: string | null
  targetId: string
  text: string
  url: string
  openedAt: Date
}

/** A message to a channel: the same for every service. */
export type AlertMessage = {
  action: 'alert' | 'alert_test'
  /** One line; the subject of an email. */
  title: string
  /** Plain text with line breaks, without the title. */
  text: string
  items: AlertItem[]
  /** Alerts that `items` leaves out. */
  moreCount: number
}

/** Composes one message about these alerts. `urlOf` returns the page of an alert. */
export function composeMessage(
  due: readonly DueAlert[],
  { language, urlOf }: { language: AlertLanguage; urlOf: (alert: DueAlert) => string },
): AlertMessage {
  const texts = textsOf(language)
  const items = due.slice(0, maxInBody).map((alert) => {
    const { id, kind, phase, applicationId, targetId, openedAt } = alert
    const text = texts[phase][kind](valuesOf(alert.params, texts))
    return { id, kind, phase, applicationId, targetId, openedAt, text, url: urlOf(alert) }
  })
  const count = (phase: AlertPhase) => due.filter((alert) => alert.phase === phase).length
  const [only] = items
  const title =
    due.length === 1 && only
      ? `${texts.single[only.phase]}${texts.colon}${only.text}`
      : texts.subject({ opened: count('opened'), recovered: count('recovered') })
  const lines = items.slice(0, maxNamed).map(({ kind, phase, text, url }) => {
    const sentence = due.length === 1 ? [] : [`· ${text}`]
    return [...sentence, ...(phase === 'opened' ? [`${texts.step[kind]}${url}`] : [])].join('\n')
  })
  const unnamed = due.length - Math.min(items.length, maxNamed)
  const text = [...lines, ...(unnamed > 0 ? [texts.more(unnamed)] : [])].filter(Boolean).join('\n')
  return { action: 'alert', title: `wxbot ${title}`, text, items, moreCount: due.length - items.length }
}

/** Composes the test message of a channel. */
export function composeTest({ language }: { language: AlertLanguage }): AlertMessage {
  const { title, text } = textsOf(language).test
  return { action: 'alert_test', title: `wxbot ${title}`, text, items: [], moreCount: 0 }
}
