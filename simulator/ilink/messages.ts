import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { randomHex, randomMessageId } from '@/simulator/world/random'
import { storeMedia } from '@/simulator/world/store-media'
import { touchWorld, type World } from '@/simulator/world/world'
import { type IlinkBot, type IlinkItem, type IlinkMessage, ilinkNowMs, ilinkOf } from '@/simulator/ilink/data'

const windowMs = 24 * 60 * 60_000
const maxSentPerInbound = 10
const maxMessages = 5_000

/** Item types on the wire. */
const itemTypes = { text: 1, image: 2, voice: 3, file: 4, video: 5 } as const

export type PersonMessage =
  | { type: 'text'; text: string; quotedId?: string }
  | { type: 'image'; bytes: Buffer }
  | { type: 'file'; bytes: Buffer; fileName: string }
  | { type: 'voice'; bytes: Buffer; transcript: string }

/** Stores a message from the person to the bot and reopens the reply window. */
export async function writeToBot(world: World, bot: IlinkBot, message: PersonMessage): Promise<IlinkMessage> {
  bot.headSeq += 1
  bot.lastInboundAtMs = ilinkNowMs(world)
  bot.sentSinceInbound = 0
  const bytes = 'bytes' in message ? message.bytes : null
  const stored = storeMessage(world, bot, {
    from: 'person',
    seq: bot.headSeq,
    clientId: randomHex(8),
    contextToken: randomHex(12),
    items: [itemOf(world, message)],
    text: message.type === 'text' ? message.text : message.type === 'voice' ? message.transcript : '',
    mediaId: bytes && (await storeMedia(world, { bytes })),
    fileName: message.type === 'file' ? message.fileName : null,
  })
  world.events.emit(`ilink ${bot.botId}`)
  return stored
}

/** Makes the next poll return messages that the bot has already received. */
export function redeliver(world: World, bot: IlinkBot): void {
  bot.deliveredSeq = 0
  touchWorld(world)
  world.events.emit(`ilink ${bot.botId}`)
}

/** Returns whether the bot may send: within 24 hours and ten messages after the person's last message. */
export function isWindowOpen(world: World, bot: Pick<IlinkBot, 'lastInboundAtMs' | 'sentSinceInbound'>): boolean {
  if (bot.lastInboundAtMs === null) return false
  return ilinkNowMs(world) - bot.lastInboundAtMs < windowMs && bot.sentSinceInbound < maxSentPerInbound
}

/** Stores a message from the bot to the person: one item, whose file is already uploaded. */
export async function writeToPerson(
  world: World,
  bot: IlinkBot,
  { item, clientId, contextToken }: { item: IlinkItem; clientId: string; contextToken: string },
): Promise<IlinkMessage> {
  bot.sentSinceInbound += 1
  const bytes = readItemBytes(world, item)
  return storeMessage(world, bot, {
    from: 'bot',
    seq: 0,
    clientId,
    contextToken,
    items: [item],
    text: (item['text_item'] as { text?: string } | undefined)?.text ?? '',
    mediaId: bytes && (await storeMedia(world, { bytes })),
    fileName: (item['file_item'] as { file_name?: string } | undefined)?.file_name ?? null,
  })
}

function storeMessage(world: World, bot: IlinkBot, message: Omit<IlinkMessage, 'id' | 'botId' | 'atMs'>): IlinkMessage {
  const { messages } = ilinkOf(world)
  const stored = { ...message, id: randomMessageId(), botId: bot.botId, atMs: Date.now() }
  messages.push(stored)
  if (messages.length > maxMessages) messages.shift()
  touchWorld(world)
  return stored
}

function itemOf(world: World, message: PersonMessage): IlinkItem {
  const type = itemTypes[message.type]
  const msg_id = randomMessageId()
  switch (message.type) {
    case 'text': {
      const quote = message.quotedId ? { ref_msg: { svr_id: message.quotedId } } : {}
      return { type, msg_id, text_item: { text: message.text }, ...quote }
    }
    case 'image': {
      // An image has its key twice: as hex next to the reference, and as base64 of the raw bytes inside the reference.
      const { param, key } = encryptFile(world, message.bytes)
      const media = { encrypt_query_param: param, aes_key: key.toString('base64'), encrypt_type: 1 }
      return { type, msg_id, image_item: { media, aeskey: key.toString('hex'), mid_size: message.bytes.length } }
    }
    case 'voice':
      return {
        type,
        msg_id,
        voice_item: { media: referenceOf(world, message.bytes), encode_type: 6, text: message.transcript },
      }
    case 'file': {
      const len = String(message.bytes.length)
      return { type, msg_id, file_item: { media: referenceOf(world, message.bytes), file_name: message.fileName, len } }
    }
  }
}

/** Encodes the key of a file or voice message: base64 of the hex text. */
function referenceOf(world: World, bytes: Buffer) {
  const { param, key } = encryptFile(world, bytes)
  return { encrypt_query_param: param, aes_key: Buffer.from(key.toString('hex')).toString('base64'), encrypt_type: 1 }
}

function encryptFile(world: World, bytes: Buffer): { param: string; key: Buffer } {
  const key = randomBytes(16)
  const param = randomHex(24)
  const cipher = createCipheriv('aes-128-ecb', key, null)
  const encrypted = Buffer.concat([cipher.update(bytes), cipher.final()])
  ilinkOf(world).files[param] = { bytesBase64: encrypted.toString('base64'), aesKeyHex: key.toString('hex') }
  return { param, key }
}

/** Decrypts the file that the bot's item refers to, as the phone does; null: no readable file. */
function readItemBytes(world: World, item: IlinkItem): Buffer | null {
  const content = (item['image_item'] ?? item['file_item'] ?? item['video_item']) as
    { media?: { encrypt_query_param?: string; aes_key?: string } } | undefined
  const file = ilinkOf(world).files[content?.media?.encrypt_query_param ?? '']
  if (!file) return null
  const key = Buffer.from(Buffer.from(content?.media?.aes_key ?? '', 'base64').toString(), 'hex')
  try {
    const decipher = createDecipheriv('aes-128-ecb', key, null)
    return Buffer.concat([decipher.update(Buffer.from(file.bytesBase64, 'base64')), decipher.final()])
  } catch {
    return null
  }
}
