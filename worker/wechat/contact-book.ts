import type { MemberTraits } from '@/lib/db/types'
import { decodeName } from './decode-text'
import { traitsOf } from './member-traits'
import type { ContactSnapshot, RoomSnapshot } from './port'
import type { RawContact } from './raw-shapes'

type Entry = {
  name: string
  /** What this account calls a person. */
  remark: string
  isContact: boolean
  memberCount: number
  members: Map<string, Member>
  wechatId: string | null
  headSeq: string | null
  hasDetails: boolean
  /** What a person is known by. */
  traits: string[]
  /** Made of the members when first asked for. */
  memberTraits?: MemberTraits
}
type Member = { name: string; traits: string[] }
/** What is remembered of a room without its members. */
type NotedRoom = Pick<RoomSnapshot, 'username' | 'name' | 'memberCount' | 'wechatId'>

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
      contact.MemberList.map((member) => [
        member.UserName,
        { name: decodeName(member.DisplayName || member.NickName), traits: traitsOf(member) },
      ]),
    )
    this.#entries.set(contact.UserName, {
      name: decodeName(contact.NickName),
      remark: decodeName(contact.RemarkName),
      isContact: (contact.ContactFlag & 1) === 1,
      memberCount: hasDetails ? Math.max(contact.MemberCount, members.size) : (before?.memberCount ?? 0),
      members: hasDetails ? members : (before?.members ?? members),
      wechatId: before?.wechatId ?? null,
      headSeq: headSeqOf(contact) ?? before?.headSeq ?? null,
      traits: isRoomName(contact.UserName) ? [] : traitsOf(contact),
      hasDetails: hasDetails || (before?.hasDetails ?? false),
    })
  }

  /** Notes that a room exists, with what is known of it without its members. */
  noteRoom({ username, name, memberCount, wechatId }: NotedRoom): void {
    const entry = this.#entries.get(username)
    this.#entries.set(username, {
      name: entry?.name || name,
      remark: '',
      isContact: false,
      memberCount: entry?.memberCount || memberCount,
      members: entry?.members ?? new Map<string, Member>(),
      wechatId: wechatId ?? entry?.wechatId ?? null,
      headSeq: entry?.headSeq ?? null,
      traits: [],
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
    const { memberCount, wechatId, headSeq } = entry
    return { username, name, memberCount, wechatId, headSeq, members: this.#traitsOfMembers(entry) }
  }

  /** What is known of a room, if only its name, if that. */
  outline(username: string): RoomSnapshot {
    const { name = '', memberCount = 0, wechatId = null, headSeq = null } = this.#entries.get(username) ?? {}
    return this.room(username) ?? { username, name, memberCount, wechatId, headSeq, members: null }
  }

  /** A member's name as the room shows it; null for somebody it does not list. */
  memberName(room: string, username: string): string | null {
    return this.#entries.get(room)?.members.get(username)?.name ?? null
  }

  /** Everybody a room lists, by `@…`. */
  memberUsernames(room: string): string[] {
    return [...(this.#entries.get(room)?.members.keys() ?? [])]
  }

  /** The people in the address book. */
  contacts(): ContactSnapshot[] {
    const people = [...this.#entries].filter(([username, { isContact }]) => isContact && username.startsWith('@'))
    return people
      .filter(([username]) => !isRoomName(username) && username !== this.selfUsername())
      .map(([username, { name, remark }]) => ({ username, nickname: name, remark }))
  }

  knows(username: string): boolean {
    return this.#entries.has(username)
  }

  contactName(username: string): string | null {
    return this.#entries.get(username)?.name ?? null
  }

  /** A room that nobody named is called by its first members, as on the phone. */
  #nameByMembers({ members }: Entry): string {
    const others = [...members].filter(([username]) => username !== this.selfUsername())
    const names = others.flatMap(([, { name }]) => name || []).slice(0, 3)
    return names.join('、') || '群聊'
  }

  /** A member who is a contact too is known by more than a nickname: by a remark of ours, a 微信号. */
  #traitsOfMembers(entry: Entry): MemberTraits {
    entry.memberTraits ??= [...entry.members]
      .filter(([username]) => username !== this.selfUsername())
      .map(([username, { traits }]) => [...new Set([...(this.#entries.get(username)?.traits ?? []), ...traits])])
    return entry.memberTraits
  }
}

/** The number in a picture's address that stays until the picture changes; WeChat writes 0 where it has none. */
function headSeqOf({ HeadImgUrl }: RawContact): string | null {
  const seq = /[?&]seq=(\d+)/.exec(HeadImgUrl)?.[1]
  return seq && Number(seq) > 0 ? seq : null
}
