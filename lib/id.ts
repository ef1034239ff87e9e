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
  worker: 'wrk',
  qun: 'qun',
  joinToken: 'jtk',
  contact: 'ctc',
  membership: 'mbr',
} as const

const randomTail = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 22)

/** Makes an id of ours, `rbt_` and the like with 22 random characters (131 bits: unguessable). */
export function newId(noun: keyof typeof prefixes): string {
  return `${prefixes[noun]}_${randomTail()}`
}

/** Makes the unguessable tail of a link, 22 characters. */
export function newKey(): string {
  return randomTail()
}
