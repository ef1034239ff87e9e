import type { ReplaySelection } from './select-replayable'

/** Names for the audit what was sent again: the one event, else the application; several events by ids are found under the replay. */
export function replayTarget(selection: ReplaySelection, replayId: string): string {
  if (!('ids' in selection)) return selection.applicationId
  const [id, ...more] = selection.ids
  return id && more.length === 0 ? id : replayId
}
