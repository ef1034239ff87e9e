import { fileTypeFromBuffer } from 'file-type'
import { Puppet, types, type payloads } from 'wechaty-puppet'
import { contractText } from '@/lib/sentence'
import { createLogger } from '@/lib/logger'
import type {
  ContactSnapshot,
  FriendRequest,
  Operation,
  RoomSnapshot,
  SendOutcome,
  WechatConnection,
  WechatEvent,
  WechatPort,
} from '@/worker/wechat/port'

const maxMessages = 1_000

type FileBox = Parameters<Puppet['messageSendFile']>[1]
type Person = Pick<ContactSnapshot, 'username' | 'nickname' | 'remark'> & { isFriend: boolean }

/**
 * A wechaty puppet on a robot's connection: it passes wechaty's calls to the port, and the port's events to wechaty. What the connection
 * refuses, it throws. `stop` detaches, so the account stays logged in at WeChat. What it does not override, wechaty reports as unsupported.
 */
export class PortPuppet extends Puppet {
  static override readonly VERSION = '1.0.0'

  #connection: WechatConnection | null = null
  readonly #rooms = new Map<string, RoomSnapshot>()
  readonly #people = new Map<string, Person>()
  /** The latest messages, because wechaty asks for each by its id after the event. */
  readonly #messages = new Map<string, payloads.Message>()
  readonly #requests = new Map<string, FriendRequest>()
  #code = ''

  constructor(private readonly port: WechatPort) {
    super()
  }

  override async onStart(): Promise<void> {
    this.#connection = this.port.open({
      robotId: 'rbt_wechaty',
      saved: null,
      readPrevious: async () => null,
      isLeaseValid: () => true,
      log: createLogger({ level: 'silent', process: 'test' }),
      commitBatch: async (events) => {
        for (const event of events) await this.#pass(event)
      },
    })
  }

  override async onStop(): Promise<void> {
    await this.#connection?.detach()
    this.#connection = null
  }

  async #pass(event: WechatEvent): Promise<void> {
    switch (event.type) {
      case 'qr_code':
        this.#code = event.content
        this.emit('scan', { qrcode: event.content, status: types.ScanStatus.Waiting })
        return
      case 'scanned':
        this.emit('scan', { qrcode: this.#code, status: types.ScanStatus.Scanned })
        return
      case 'online': {
        const { username, nickname } = event.account
        this.#people.set(username, { username, nickname, remark: '', isFriend: false })
        if (!this.isLoggedIn) this.login(username)
        return
      }
      case 'offline':
        return this.logout(event.reason)
      case 'contacts':
        for (const contact of event.contacts) this.#people.set(contact.username, { ...contact, isFriend: true })
        this.emit('ready', { data: '' })
        return
      case 'contacts_changed':
        for (const contact of event.contacts) this.#people.set(contact.username, { ...contact, isFriend: true })
        for (const username of event.removed) this.#people.delete(username)
        return
      case 'rooms':
        for (const room of event.rooms) this.#keepRoom(room)
        return
      case 'room_left':
        this.#rooms.delete(event.username)
        return
      case 'message':
        return this.#receive(event.message)
      case 'friend_request':
        return this.#receiveRequest(event.request)
      // wechaty has no such events.
      case 'chat_entered':
      case 'members_joined':
      case 'number_needed':
      case 'qr_code_failed':
      case 'reconnecting':
      case 'send_failed':
      case 'service_state':
      case 'welcome_due':
      case 'welcome_sent':
    }
  }

  #receive(message: Extract<WechatEvent, { type: 'message' }>['message']): void {
    const { wechatId: id, room, senderUsername: username, senderName: nickname, text } = message
    if (room) this.#keepRoom(room)
    if (!this.#people.has(username)) this.#people.set(username, { username, nickname, remark: '', isFriend: false })
    const type = { text: types.Message.Text, image: types.Message.Image, other: types.Message.Unknown }[message.type]
    const place = room ? { roomId: room.username } : { listenerId: this.currentUserId }
    this.#keepMessage({ id, talkerId: username, text, type, timestamp: Date.now() / 1_000, ...place })
    this.emit('message', { messageId: id })
  }

  #receiveRequest(request: FriendRequest): void {
    const { username, nickname } = request
    this.#requests.set(username, request)
    this.#people.set(username, { username, nickname, remark: '', isFriend: false })
    this.emit('friendship', { friendshipId: username })
  }

  override async contactList(): Promise<string[]> {
    return [...this.#people.values()].flatMap(({ username, isFriend }) => (isFriend ? [username] : []))
  }

  override async contactRawPayload(id: string): Promise<Person> {
    // A member of a room who has not spoken yet.
    return this.#people.get(id) ?? { username: id, nickname: '', remark: '', isFriend: false }
  }

  override async contactRawPayloadParser(person: Person): Promise<payloads.Contact> {
    const { username: id, nickname: name, remark: alias, isFriend: friend } = person
    const { Individual } = types.Contact
    return { id, name, alias, friend, type: Individual, gender: types.ContactGender.Unknown, avatar: '', phone: [] }
  }

  override contactAlias(id: string): Promise<string>
  override contactAlias(id: string, alias: string | null): Promise<void>
  override async contactAlias(username: string, alias?: string | null): Promise<string | void> {
    if (alias === undefined) return this.#people.get(username)?.remark ?? ''
    await this.#perform({ type: 'set_remark', username, remark: alias ?? '' })
  }

  override async roomList(): Promise<string[]> {
    return [...this.#rooms.keys()]
  }

  override async roomRawPayload(id: string): Promise<RoomSnapshot> {
    const room = this.#rooms.get(id)
    if (!room) throw new Error(`no room ${id}`)
    return room
  }

  override async roomRawPayloadParser({ username: id, name: topic }: RoomSnapshot): Promise<payloads.Room> {
    return { id, topic, memberIdList: await this.roomMemberList(id), adminIdList: [] }
  }

  override async roomMemberList(id: string): Promise<string[]> {
    const listed = await this.#online().listMembers(id)
    if (listed.outcome === 'failed') throw new Error(contractText(listed.sentence))
    return listed.usernames
  }

  override async roomMemberRawPayload(_room: string, id: string): Promise<Person> {
    return this.contactRawPayload(id)
  }

  override async roomMemberRawPayloadParser({ username, nickname }: Person): Promise<payloads.RoomMember> {
    return { id: username, name: nickname, avatar: '' }
  }

  override async roomCreate(members: string[], topic = ''): Promise<string> {
    const room = await this.#perform({ type: 'make_room', name: topic, members })
    if (!room) throw new Error('the room was created, but WeChat did not name it')
    return room.username
  }

  override async roomAdd(room: string, username: string): Promise<void> {
    await this.#perform({ type: 'add_member', room, username })
  }

  override roomTopic(id: string): Promise<string>
  override roomTopic(id: string, topic: string): Promise<void>
  override async roomTopic(room: string, topic?: string): Promise<string | void> {
    if (topic === undefined) return (await this.roomRawPayload(room)).name
    await this.#perform({ type: 'rename_room', room, name: topic })
  }

  override async messageRawPayload(id: string): Promise<payloads.Message> {
    const message = this.#messages.get(id)
    if (!message) throw new Error(`no message ${id}`)
    return message
  }

  override async messageRawPayloadParser(message: payloads.Message): Promise<payloads.Message> {
    return message
  }

  override async messageSendText(to: string, text: string): Promise<string> {
    return this.#sent(to, { text, type: types.Message.Text }, await this.#online().sendText(to, text))
  }

  override async messageSendFile(to: string, file: FileBox): Promise<string> {
    const bytes = await file.toBuffer()
    const contentType = (await fileTypeFromBuffer(bytes))?.mime ?? 'application/octet-stream'
    const outcome = await this.#online().sendImage(to, { bytes, contentType })
    return this.#sent(to, { text: '', type: types.Message.Image }, outcome)
  }

  override async friendshipRawPayload(id: string): Promise<FriendRequest> {
    const request = this.#requests.get(id)
    if (!request) throw new Error(`no friend request ${id}`)
    return request
  }

  override async friendshipRawPayloadParser(request: FriendRequest): Promise<payloads.Friendship> {
    const { username, greeting: hello, ticket } = request
    const { Receive } = types.Friendship
    return { id: username, contactId: username, hello, ticket, type: Receive, timestamp: Date.now() / 1_000 }
  }

  override async friendshipAccept(id: string): Promise<void> {
    const { username, ticket } = await this.friendshipRawPayload(id)
    await this.#perform({ type: 'accept_friend', username, ticket })
  }

  #online(): WechatConnection {
    if (!this.#connection) throw new Error('the puppet is not started')
    return this.#connection
  }

  async #perform(operation: Operation): Promise<RoomSnapshot | null> {
    const result = await this.#online().perform(operation)
    if (result.outcome !== 'done') throw new Error(`${result.outcome}: ${contractText(result.sentence)}`)
    if (result.room) this.#keepRoom(result.room)
    return result.room
  }

  #sent(to: string, content: Pick<payloads.Message, 'text' | 'type'>, outcome: SendOutcome): string {
    if (outcome.outcome !== 'accepted') throw new Error(`${outcome.outcome}: ${contractText(outcome.sentence)}`)
    const id = outcome.wechatId ?? ''
    const place = to.startsWith('@@') ? { roomId: to } : { listenerId: to }
    this.#keepMessage({ id, talkerId: this.currentUserId, timestamp: Date.now() / 1_000, ...content, ...place })
    return id
  }

  #keepRoom(room: RoomSnapshot): void {
    this.#rooms.set(room.username, room)
    this.cache.room.delete(room.username)
  }

  #keepMessage(message: payloads.Message): void {
    this.#messages.set(message.id, message)
    const [oldest] = this.#messages.keys()
    if (this.#messages.size > maxMessages && oldest) this.#messages.delete(oldest)
  }
}
