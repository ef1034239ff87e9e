import { customAlphabet } from 'nanoid'

const prefixes = {
  application: 'app',
  token: 'tok',
  robot: 'rbt',
  session: 'ses',
  room: 'room',
  message: 'msg',
  command: 'cmd',
  callbackEvent: 'evt',
  callbackAttempt: 'att',
  callbackReplay: 'rpl',
  media: 'med',
  operator: 'op',
  operatorSession: 'ops',
  worker: 'wrk',
  qun: 'qun',
  joinToken: 'jtk',
  contact: 'ctc',
  membership: 'mbr',
  conversation: 'cnv',
  connector: 'cnr',
  rule: 'rul',
  decision: 'rdc',
  article: 'art',
  alertChannel: 'alc',
  alert: 'alr',
  quickReply: 'qrp',
  friendRequest: 'frq',
  endpoint: 'ept',
} as const

const randomTail = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 22)

/** Returns a new id: the prefix of the noun and 22 random characters (131 bits, unguessable), such as `rbt_…`. */
export function newId(noun: keyof typeof prefixes): string {
  return `${prefixes[noun]}_${randomTail()}`
}

/** Returns an unguessable key of 22 random characters, for links and sessions. */
export function newKey(): string {
  return randomTail()
}
