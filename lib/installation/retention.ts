import type { Db } from '@/lib/db/client'
import type { Env } from '@/lib/env'
import { type InstallationSettings, readInstallationSettings } from '@/lib/installation/settings'

/** Days that each kind of row is kept. */
export type RetentionDays = {
  responses: number
  events: number
  media: number
  messages: number
  sessionChanges: number
}

type DayVariable =
  'CALLBACK_ANSWER_DAYS' | 'CALLBACK_EVENT_DAYS' | 'MEDIA_DAYS' | 'MESSAGE_DAYS' | 'SESSION_CHANGE_DAYS'

/** Returns the days of the environment, which hold where administrators set none. */
export function defaultDays(env: Pick<Env, DayVariable>): RetentionDays {
  return {
    responses: env.CALLBACK_ANSWER_DAYS,
    events: env.CALLBACK_EVENT_DAYS,
    media: env.MEDIA_DAYS,
    messages: env.MESSAGE_DAYS,
    sessionChanges: env.SESSION_CHANGE_DAYS,
  }
}

/** Returns the days that hold now: those of the settings, otherwise the defaults. */
export async function readRetentionDays(db: Db, defaults: RetentionDays): Promise<RetentionDays> {
  return withDefaults(await readInstallationSettings(db), defaults)
}

function withDefaults(settings: InstallationSettings, defaults: RetentionDays): RetentionDays {
  return {
    responses: settings.responseDays ?? defaults.responses,
    events: settings.eventDays ?? defaults.events,
    media: settings.mediaDays ?? defaults.media,
    messages: settings.messageDays ?? defaults.messages,
    sessionChanges: settings.sessionChangeDays ?? defaults.sessionChanges,
  }
}
