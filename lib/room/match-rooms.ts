/** A room we know, by what identifies it. */
export type KnownRoom = { id: string; name: string; username: string | null; wechatId: string | null }
/** A room as WeChat shows it now. */
export type SeenRoom = { name: string; username: string; wechatId: string | null }

export type RoomMatches<Seen extends SeenRoom> = {
  /** Known and seen: the same room. */
  matched: { known: KnownRoom; seen: Seen }[]
  /** Seen for the first time. */
  fresh: Seen[]
  /** Could be one of several known rooms: never guessed, so it gets an id of its own. */
  doubtful: Seen[]
}

/**
 * Finds the known room of each seen one, strongest evidence first: the current `@@…`, WeChat's raw id, then a name
 * that exactly one unmatched room on either side has. No known room is matched twice (A9).
 */
export function matchRooms<Seen extends SeenRoom>(
  known: readonly KnownRoom[],
  seen: readonly Seen[],
): RoomMatches<Seen> {
  const matches: RoomMatches<Seen> = { matched: [], fresh: [], doubtful: [] }
  let openKnown = [...known]
  let openSeen = [...seen]

  function matchBy(keyOfKnown: (room: KnownRoom) => string | null, keyOfSeen: (room: Seen) => string | null): void {
    const knownByKey = groupBy(openKnown, keyOfKnown)
    const seenByKey = groupBy(openSeen, keyOfSeen)
    for (const [key, [oneSeen, ...moreSeen]] of seenByKey) {
      const [oneKnown, ...moreKnown] = knownByKey.get(key) ?? []
      if (!oneSeen || !oneKnown || moreSeen.length > 0 || moreKnown.length > 0) continue
      matches.matched.push({ known: oneKnown, seen: oneSeen })
      openKnown = openKnown.filter((room) => room !== oneKnown)
      openSeen = openSeen.filter((room) => room !== oneSeen)
    }
  }
  matchBy(
    (room) => room.username,
    (room) => room.username,
  )
  matchBy(
    (room) => room.wechatId,
    (room) => room.wechatId,
  )
  // A name is evidence only for rooms whose `@@…` is stale, and against a raw id that says otherwise it is none.
  openKnown = openKnown.filter((room) => room.username === null)
  const contradicts = (room: SeenRoom) =>
    room.wechatId !== null && openKnown.some((other) => other.name === room.name && other.wechatId !== null)
  const contradicting = openSeen.filter(contradicts)
  openSeen = openSeen.filter((room) => !contradicts(room))
  matchBy(
    (room) => room.name || null,
    (room) => room.name || null,
  )
  const openNames = new Set(openKnown.map((room) => room.name))
  for (const room of openSeen) (openNames.has(room.name) ? matches.doubtful : matches.fresh).push(room)
  matches.fresh.push(...contradicting)
  return matches
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}
