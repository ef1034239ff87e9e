import type { RetentionDraft } from '@/lib/dashboard/retention/form'
import type { WebContext } from '@/lib/http/web-context'
import { defaultDays } from '@/lib/installation/retention'
import { readInstallationSettings } from '@/lib/installation/settings'

export type RetentionSettingsView = {
  settings: RetentionDraft
  /** What holds where a setting is null. */
  defaults: Record<keyof RetentionDraft, number>
}

/** Returns how long rows are kept, and the defaults of the environment. */
export async function readRetention({ db, env }: WebContext): Promise<RetentionSettingsView> {
  const { messageDays, mediaDays, eventDays, responseDays, sessionChangeDays } = await readInstallationSettings(db)
  const { messages, media, events, responses, sessionChanges } = defaultDays(env)
  return {
    settings: { messageDays, mediaDays, eventDays, responseDays, sessionChangeDays },
    defaults: {
      messageDays: messages,
      mediaDays: media,
      eventDays: events,
      responseDays: responses,
      sessionChangeDays: sessionChanges,
    },
  }
}
