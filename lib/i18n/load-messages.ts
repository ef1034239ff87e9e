import en from '@/messages/en.json'
import zhCN from '@/messages/zh-CN.json'
import type { Locale } from './locale'

export type Messages = typeof zhCN

/** Gives every text of the product in a language; both have the same keys (a test holds them to it). */
export function loadMessages(locale: Locale): Messages {
  return locale === 'en' ? en : zhCN
}
