import type { QunView } from './qun-view'
import { encodeQunNumber } from './qun-number'

/** A qun's link, for everybody, and its owner's, which shows the code until the room is there. Spec: B4, B5. */
export function qunLink(publicUrl: string, { number, ownerKey }: Pick<QunView, 'number' | 'ownerKey'>) {
  const url = `${publicUrl}/weiqun/${encodeQunNumber(number)}`
  return { url, owner_url: `${url}?key=${ownerKey}` }
}
