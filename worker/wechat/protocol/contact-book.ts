import type { MemberTraits } from '@/lib/db/types'
import { decodeName } from '@/worker/wechat/protocol/decode-text'
import { isProvenGone, type GoneSign } from '@/worker/wechat/protocol/gone-signs'
import { traitsOf } from '@/worker/wechat/protocol/member-traits'
import type { ContactSnapshot, RoomSnapshot } from '@/worker/wechat/port'
import type { RawContact } from '@/worker/wechat/protocol/raw-shapes'

type Entry = {
  name: string
  /** The name that this account gave the person. */
  remark: string
  isContact: boolean
  /** Whether the address book has ever contained this room. */
  wasSaved: boolean
  /** Signs that the account has left the room; cleared by any sign of the opposite. */
  goneSigns: Set<GoneSign>
  memberCount: number
  members: Map<string, Member>
  wechatId: string | null
  headSeq: string | null
  isOwn: boolean | null
  hasDetails: boolean
  /** What identifies the person in a later login. */
  traits: string[]
  /** Computed from the members on first use. */
  memberTraits?: MemberTraits
}
type Member = { name: string; traits: string[] }
/** What is known of a room without its members. */
type RoomOutline = Pick<RoomSnapshot, 'username' | 'name' | 'memberCount' | 'wechatId'> & { wasSaved?: boolean }

/** Returns whether a user name is a room's (`@@…`). */
export function isRoomName(username: string): boolean {
  return username.startsWith('@@')
}

/** The contacts and rooms of one login by user name, with decoded names. Uses maps, so that no name becomes a property. */
export class ContactBook {
  readonly #entries = new Map<string, Entry>()
  /** @param selfUsername returns the account's own user name, which is omitted from names made of members. */
  constructor(private readonly selfUsername: () => string) {}

  /** Stores a contact or room. A room listed without members keeps its known members. */
  put(contact: RawContact): void {
    const before = this.#entries.get(contact.UserName)
    const hasDetails = contact.MemberList.length > 0
    const members = new Map(
      contact.MemberList.map((member) => [
        member.UserName,
        { name: decodeName(member.DisplayName || member.NickName), traits: traitsOf(member) },
      ]),
    )
    const isContact = (contact.ContactFlag & 1) === 1
    this.#entries.set(contact.UserName, {
      name: decodeName(contact.NickName),
      remark: decodeName(contact.RemarkName),
      isContact,
      wasSaved: isContact || (before?.wasSaved ?? false),
      goneSigns: hasDetails ? new Set() : (before?.goneSigns ?? new Set()),
      memberCount: hasDetails ? Math.max(contact.MemberCount, members.size) : (before?.memberCount ?? 0),
      members: hasDetails ? members : (before?.members ?? members),
      wechatId: before?.wechatId ?? null,
      headSeq: headSeqOf(contact) ?? before?.headSeq ?? null,
      isOwn: ownershipOf(contact, this.selfUsername()) ?? before?.isOwn ?? null,
      traits: isRoomName(contact.UserName) ? [] : traitsOf(contact),
      hasDetails: hasDetails || (before?.hasDetails ?? false),
    })
  }

  /** Stores that a room exists, with what is known of it without its members. */
  addRoom({ username, name, memberCount, wechatId, wasSaved = false }: RoomOutline): void {
    const entry = this.#entries.get(username)
    this.#entries.set(username, {
      name: entry?.name || name,
      remark: '',
      isContact: entry?.isContact ?? false,
      wasSaved: wasSaved || (entry?.wasSaved ?? false),
      goneSigns: entry?.goneSigns ?? new Set(),
      memberCount: entry?.memberCount || memberCount,
      members: entry?.members ?? new Map<string, Member>(),
      wechatId: wechatId ?? entry?.wechatId ?? null,
      headSeq: entry?.headSeq ?? null,
      isOwn: entry?.isOwn ?? null,
      traits: [],
      hasDetails: entry?.hasDetails ?? false,
    })
  }

  forget(username: string): void {
    this.#entries.delete(username)
  }

  /** Stores a sign that the account has left a known room. Returns true, and forgets the room, once the signs prove it. */
  addGoneSign(username: string, sign: GoneSign): boolean {
    const entry = this.#entries.get(username)
    if (!entry) return false
    entry.goneSigns.add(sign)
    if (!isProvenGone(entry.goneSigns)) return false
    this.forget(username)
    return true
  }

  /** Clears the signs that the account has left the room, after a message in it. */
  clearGoneSigns(username: string): void {
    this.#entries.get(username)?.goneSigns.clear()
  }

  /** Returns whether the address book has ever contained this room. */
  wasSaved(username: string): boolean {
    return this.#entries.get(username)?.wasSaved ?? false
  }

  /** Returns the user names of all known rooms, with or without members. */
  roomNames(): string[] {
    return [...this.#entries.keys()].filter(isRoomName)
  }

  /** Returns all known rooms. */
  rooms(): RoomSnapshot[] {
    return this.roomNames().map((username) => this.room(username) ?? { ...this.outline(username), isShownEmpty: true })
  }

  /** Returns the room. null: its members are not known. */
  room(username: string): RoomSnapshot | null {
    const entry = this.#entries.get(username)
    if (!entry?.hasDetails) return null
    const name = entry.name || this.#nameByMembers(entry)
    const { memberCount, wechatId, headSeq, isOwn } = entry
    return { username, name, memberCount, wechatId, headSeq, isOwn, members: this.#traitsOfMembers(entry) }
  }

  /** Returns what is known of a room, even if that is only its user name. */
  outline(username: string): RoomSnapshot {
    const entry = this.#entries.get(username)
    const { name = '', memberCount = 0, wechatId = null, headSeq = null, isOwn = null } = entry ?? {}
    return this.room(username) ?? { username, name, memberCount, wechatId, headSeq, isOwn, members: null }
  }

  /** Returns a member's name in the room. null: not a known member. */
  memberName(room: string, username: string): string | null {
    return this.#entries.get(room)?.members.get(username)?.name ?? null
  }

  /** Returns the names of the members in the room. */
  memberNames(room: string): string[] {
    return [...(this.#entries.get(room)?.members.values() ?? [])].map(({ name }) => name)
  }

  /** Returns the `@…` of all members. */
  memberUsernames(room: string): string[] {
    return [...(this.#entries.get(room)?.members.keys() ?? [])]
  }

  /** Returns the people in the address book, except the account itself. */
  contacts(): ContactSnapshot[] {
    return [...this.#entries.keys()].flatMap((username) => this.contact(username) ?? [])
  }

  /** Returns a person in the address book. null: no such person, or the account itself. */
  contact(username: string): ContactSnapshot | null {
    const entry = this.#entries.get(username)
    const isPerson = username.startsWith('@') && !isRoomName(username) && username !== this.selfUsername()
    return entry?.isContact && isPerson ? { username, nickname: entry.name, remark: entry.remark } : null
  }

  has(username: string): boolean {
    return this.#entries.has(username)
  }

  contactName(username: string): string | null {
    return this.#entries.get(username)?.name ?? null
  }

  /** Names an unnamed room after its first members, as the phone does. */
  #nameByMembers({ members }: Entry): string {
    const others = [...members].filter(([username]) => username !== this.selfUsername())
    const names = others.flatMap(([, { name }]) => name || []).slice(0, 3)
    return names.join('、') || '群聊'
  }

  /** Combines the traits of members with those of contacts, which also have a remark and a 微信号. */
  #traitsOfMembers(entry: Entry): MemberTraits {
    entry.memberTraits ??= [...entry.members]
      .filter(([username]) => username !== this.selfUsername())
      .map(([username, { traits }]) => [...new Set([...(this.#entries.get(username)?.traits ?? []), ...traits])])
    return entry.memberTraits
  }
}

/** Returns whether this account owns a room. null: WeChat names no owner. */
function ownershipOf({ ChatRoomOwner, IsOwner }: RawContact, selfUsername: string): boolean | null {
  if (ChatRoomOwner.startsWith('@')) return ChatRoomOwner === selfUsername
  return IsOwner === 1 ? true : null
}

/** Returns the number in a picture's address, which changes with the picture. null: no picture, for which WeChat writes 0. */
function headSeqOf({ HeadImgUrl }: RawContact): string | null {
  const seq = /[?&]seq=(\d+)/.exec(HeadImgUrl)?.[1]
  return seq && Number(seq) > 0 ? seq : null
}
