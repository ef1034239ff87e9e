import { userNameOf } from '@/simulator/login/user-names'
import type { FriendRequest, Login, World } from '@/simulator/world/world'
import { encodeAttribute, encodeMarkup, encodeText } from '@/simulator/protocol/encode-text'
import { stamp } from '@/simulator/protocol/present-message'

const scene = 30

/** Presents a friend request as MsgType 37 from fmessage: volatile user name in RecommendInfo, raw wxid in the XML. */
export function presentFriendRequest(world: World, login: Login, request: FriendRequest) {
  const person = world.data.people[request.from]
  const nickname = person?.nickname ?? request.from
  const attributes = {
    fromusername: request.from,
    encryptusername: `v3_${request.id}@stranger`,
    fromnickname: nickname,
    content: request.greeting,
    imagestatus: '3',
    scene: String(scene),
    country: 'CN',
    province: person?.province ?? '',
    city: person?.city ?? '',
    sign: person?.signature ?? '',
    percard: '1',
    sex: String(person?.sex ?? 0),
    alias: person?.alias ?? '',
    ticket: request.ticket,
    opcode: '2',
    chatroomusername: '',
    sourceusername: '',
    sourcenickname: '',
  }
  const pairs = Object.entries(attributes).map(([name, value]) => `${name}="${encodeAttribute(value)}"`)
  return {
    ...stamp(messageIdOf(request), request.atMs),
    FromUserName: 'fmessage',
    ToUserName: userNameOf(login, login.wxid),
    MsgType: 37,
    Content: encodeMarkup(`<msg ${pairs.join(' ')}><brandlist count="0" ver="0"></brandlist></msg>`),
    Ticket: request.ticket,
    RecommendInfo: {
      UserName: userNameOf(login, request.from),
      NickName: encodeText(nickname),
      QQNum: 0,
      Province: person?.province ?? '',
      City: person?.city ?? '',
      Content: encodeText(request.greeting),
      Signature: encodeText(person?.signature ?? ''),
      Alias: person?.alias ?? '',
      Scene: scene,
      VerifyFlag: 0,
      AttrStatus: 103_525,
      Sex: person?.sex ?? 0,
      Ticket: request.ticket,
      OpCode: 2,
    },
  }
}

/** Returns the same id at each sync, so that a client can detect a repeat. */
function messageIdOf(request: FriendRequest): string {
  const digits = (BigInt(`0x${request.id}`) % 1_000_000_000_000_000_000n).toString().padStart(18, '0')
  return `3${digits}`
}
