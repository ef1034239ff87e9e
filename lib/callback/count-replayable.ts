import type { Db } from '../db/client'
import { callbackEvents } from '../db/schema/callback'
import { replayable, type ReplaySelection } from './select-replayable'

/** Counts what a replay would take now. */
export async function countReplayable(db: Db, selection: ReplaySelection): Promise<number> {
  return db.$count(callbackEvents, replayable(selection))
}
