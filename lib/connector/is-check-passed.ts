import type { Sentence } from '@/lib/sentence'

/** What a check reports although the connector works: callbacks may reach wxbot in another way than by `PUBLIC_URL`. */
export const checkWarning = 'wecom_check_public_url'

/** Returns whether a check found nothing that keeps the connector from working; warnings do not count. */
export function isCheckPassed(problems: readonly Pick<Sentence, 'reason'>[]): boolean {
  return problems.every(({ reason }) => reason === checkWarning)
}
