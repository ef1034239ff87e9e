import { createHash } from 'node:crypto'
import * as z from 'zod'
import {
  accountOf,
  type CallInput,
  type GatewayCall,
  GatewayRefusal,
  readFields,
} from '@/simulator/gateway/gateway-call'
import { findRoomOrThrow } from '@/simulator/world/find-person'
import { type Draft, postToPerson, postToRoom } from '@/simulator/world/post-message'
import { storeMedia } from '@/simulator/world/store-media'
import type { Message } from '@/simulator/world/world'

const fetchTimeoutMs = 10_000

/** Sends, and downloads of what was received. */
export const messageCalls: Record<string, GatewayCall> = {
  'message/postText': (input) => {
    const { content: text } = readFields(input, { content: z.string().min(1), ats: z.string().optional() })
    return receipt(post(input, { type: 'text', text }), 1)
  },
  'message/postImage': async (input) => {
    const { imgUrl } = readFields(input, { imgUrl: z.url() })
    const bytes = await fetchBytes(imgUrl)
    const mediaId = await storeMedia(input.simulator.world, { bytes })
    const md5 = createHash('md5').update(bytes).digest('hex')
    const sent = post(input, { type: 'image', text: '[图片]', mediaId })
    return { ...receipt(sent, 3), aesKey: md5, fileId: mediaId, length: bytes.length, md5 }
  },
  'message/downloadImage': (input) => {
    const { xml } = readFields(input, { xml: z.string(), type: z.number().int().min(1).max(3) })
    return fileOf(input, /cdnmidimgurl="([^"]*)"/.exec(xml)?.[1])
  },
  'message/downloadCdn': (input) => fileOf(input, readFields(input, { fileId: z.string() }).fileId),
}

function post(input: CallInput, draft: Pick<Draft, 'type' | 'text'> & { mediaId?: string }): Message {
  const { world } = input.simulator
  const { wxid: from } = accountOf(input)
  const { toWxid } = readFields(input, { toWxid: z.string() })
  // `phone`: the device gets its own messages as callbacks too.
  const message = { ...draft, from, via: 'phone' as const }
  if (!toWxid.endsWith('@chatroom')) return postToPerson(world, toWxid, message)
  return postToRoom(world, findRoomOrThrow(world, toWxid).id, message)
}

const receipt = (message: Message, type: number) => ({
  toWxid: message.to ?? message.chat,
  createTime: Math.floor(message.atMs / 1000),
  msgId: Number(message.id.slice(-9)),
  newMsgId: message.id,
  type,
})

async function fetchBytes(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs) })
    if (response.status === 200) return Buffer.from(await response.arrayBuffer())
  } catch {
    // Falls through to the refusal.
  }
  throw new GatewayRefusal('-4', '图片下载失败')
}

function fileOf({ simulator: { world }, origin }: CallInput, mediaId = '') {
  if (!Object.hasOwn(world.data.media, mediaId)) throw new GatewayRefusal('-4', '下载失败')
  return { fileUrl: `${origin}/gateway-files/${mediaId}` }
}
