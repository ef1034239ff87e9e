import { decodeName } from './decode-text'
import type { RoomSnapshot } from './port'
import type { RawContact } from './raw-shapes'

type Entry = {
  name: string
  memberCount: number
  members: Map<string, string>
  wechatId: string | null
  hasDetails: boolean
}

/** Tells a room's name from a person's. */
export function isRoomName(username: string): boolean {
  return username.startsWith('@@')
}

/** Who is who in one login: people and rooms by their `@…`, names decoded. Maps, so that no name is ever a property. */
export class ContactBook {
  readonly #entries = new Map<string, Entry>()
  /** @param selfUsername whose name is left out where a room is called by its members. */
  constructor(private readonly selfUsername: () => string) {}

  /** Stores what WeChat says now. A room listed without its members keeps those that were known. */
  put(contact: RawContact): void {
    const before = this.#entries.get(contact.UserName)
    const hasDetails = contact.MemberList.length > 0
    const members = new Map(
      contact.MemberList.map((member) => [member.UserName, decodeName(member.DisplayName || member.NickName)]),
    )
    this.#entries.set(contact.UserName, {
      name: decodeName(contact.NickName),
      memberCount: hasDetails ? Math.max(contact.MemberCount, members.size) : (before?.memberCount ?? 0),
      members: hasDetails ? members : (before?.members ?? members),
      wechatId: before?.wechatId ?? null,
      hasDetails: hasDetails || (before?.hasDetails ?? false),
    })
  }

  /** Notes that a room exists, with what is known of it without its members. */
  noteRoom({ username, name, memberCount, wechatId }: RoomSnapshot): void {
    const entry = this.#entries.get(username)
    this.#entries.set(username, {
      name: entry?.name || name,
      memberCount: entry?.memberCount || memberCount,
      members: entry?.members ?? new Map<string, string>(),
      wechatId: wechatId ?? entry?.wechatId ?? null,
      hasDetails: entry?.hasDetails ?? false,
    })
  }

  forget(username: string): void {
    this.#entries.delete(username)
  }

  /** The rooms known by name, whether or not their members are. */
  roomNames(): string[] {
    return [...this.#entries.keys()].filter(isRoomName)
  }

  /** The rooms we are in and know in detail. */
  rooms(): RoomSnapshot[] {
    return this.roomNames().flatMap((username) => this.room(username) ?? [])
  }

  /** The room as it is shown now; null while its members are not known. */
  room(username: string): RoomSnapshot | null {
    const entry = this.#entries.get(username)
    if (!entry?.hasDetails) return null
    const name = entry.name || this.#nameByMembers(entry)
    return { username, name, memberCount: entry.memberCount, wechatId: entry.wechatId }
  }

  /** What is known of a room, if only its name, if that. */
  outline(username: string): RoomSnapshot {
    const entry = this.#entries.get(username)
    const { name = '', memberCount = 0, wechatId = null } = this.room(username) ?? entry ?? {}
    return { username, name, memberCount, wechatId }
  }

  /** A member's name as the room shows it; null for somebody it does not list. */
  memberName(room: string, username: string): string | null {
    return this.#entries.get(room)?.members.get(username) ?? null
  }

  contactName(username: string): string | null {
    return this.#entries.get(username)?.name ?? null
  }

  /** A room that nobody named is called by its first members, as on the phone. */
  #nameByMembers({ members }: Entry): string {
    const others = [...members].filter(([username]) => username !== this.selfUsername())
    const names = others.flatMap(([, name]) => name || []).slice(0, 3)
    return names.join('、') || '群聊'
  }
}
