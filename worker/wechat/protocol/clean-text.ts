import { cutText } from '@/worker/wechat/protocol/decode-text'

/** Removes from a text what Postgres and JSON refuse, and cuts it to `maxLength` UTF-16 units. */
export function cleanText(text: string, maxLength: number): string {
  return cutText(text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD'), maxLength)
}
