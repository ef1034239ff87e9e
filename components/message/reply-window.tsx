'use client'

import { useTranslations } from 'use-intl'
import type { ReplyWindowView } from '@/lib/dashboard/robot/contacts'

/** Returns whether a person can be written to now, and otherwise why not. */
export function windowStateOf(
  { closesAt, leftCount }: ReplyWindowView,
  nowMs: number,
): 'none' | 'over' | 'used' | 'open' {
  if (closesAt === null) return 'none'
  if (Date.parse(closesAt) <= nowMs) return 'over'
  return leftCount > 0 ? 'open' : 'used'
}

/** States what is left of a reply window, or why it is closed. */
export function WindowText({ window, nowMs }: { window: ReplyWindowView; nowMs: number }) {
  const t = useTranslations('message.window')
  const { hours, count, closesAt, leftCount } = window
  const state = windowStateOf(window, nowMs)
  if (state !== 'open') return <span className="text-warn">{t(state, { hours, count })}</span>
  const leftMinutes = Math.ceil((Date.parse(closesAt ?? '') - nowMs) / 60_000)
  return leftMinutes > 60
    ? t('openHours', { hours: Math.floor(leftMinutes / 60), count: leftCount })
    : t('openMinutes', { minutes: leftMinutes, count: leftCount })
}
