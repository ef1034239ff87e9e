/**
 * Signs that an account has left a room, with their weights. WeChat's lookup fails for hours at times, people can write texts that read like
 * a removal, and a refused send has many causes, so none of these is sufficient alone.
 */
export const goneSigns = {
  /** A system message that is entirely a removal (`readRemovalLine`); one that only resembles a removal causes a lookup. */
  removal_line: 2,
  /** WeChat deleted the room from the account's contacts. */
  contact_deleted: 2,
  /** The lookup shows the room without members. Counts once, even if repeated. */
  lookup_without_members: 1,
  /** The address book no longer lists the room. */
  not_in_address_book: 1,
  /** WeChat refused a send to the room without a reason. */
  send_refused: 1,
} as const

export type GoneSign = keyof typeof goneSigns

const sufficientWeight = 2

/** Returns whether these signs together prove that the account has left. Any sign of the opposite clears them all. */
export function isProvenGone(signs: ReadonlySet<GoneSign>): boolean {
  return [...signs].reduce((weight, sign) => weight + goneSigns[sign], 0) >= sufficientWeight
}
