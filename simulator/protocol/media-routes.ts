import { Hono } from 'hono'

import { rawIdOf } from '@/simulator/login/user-names'
import { privateChat } from '@/simulator/world/post-message'
import { randomHex } from '@/simulator/world/random'
import { storeMedia } from '@/simulator/world/store-media'
import type { Login, Message, World } from '@/simulator/world/world'
import { respond, isRecord, textOf, WechatRet } from '@/simulator/protocol/response'
import { authenticate } from '@/simulator/protocol/authenticate'
import type { ProtocolContext, ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { drawAvatar } from '@/simulator/protocol/draw-avatar'

const chunkLimitBytes = 512 * 1024

type Upload = { mediaId: string; fileName: string }

/** Uploads per login. Valid until the process ends; on WeChat, for a few days. */
const uploads = new WeakMap<Login, Map<string, Upload>>()
const pending = new WeakMap<Login, Map<string, Buffer[]>>()

export function findUpload(login: Login, wireMediaId: string): Upload | undefined {
  return uploads.get(login)?.get(wireMediaId)
}

/** Upload and download of images and files, and avatars. */
export function mediaRoutes({ world }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>().basePath('/cgi-bin/mmwebwx-bin')

  app.post('/webwxuploadmedia', async (c) => {
    const form = await readForm(c)
    const request = parseRequest(form.get('uploadmediarequest'))
    const login = authenticate(world, c, request.BaseRequest)
    const file = form.get('filename')
    if (!(file instanceof Blob)) throw new WechatRet(1)
    const bytes = Buffer.from(await file.arrayBuffer())
    if (bytes.length > chunkLimitBytes) throw new WechatRet(1, 'a chunk is at most 512 KB')

    const chunks = Number(form.get('chunks') ?? 1)
    const key = textOf(request.ClientMediaId)
    const whole = addChunk(login, key, { bytes, at: Number(form.get('chunk') ?? 0), chunks })
    const position = { StartPos: bytes.length, CDNThumbImgHeight: 0, CDNThumbImgWidth: 0, EncryFileName: '' }
    if (!whole) return respond(c, { MediaId: '', ...position })
    if (whole.length !== Number(request.TotalLen)) throw new WechatRet(-1, 'the chunks do not make TotalLen')

    const contentType = form.get('type')
    const name = form.get('name')
    const mediaId = await storeMedia(world, {
      bytes: whole,
      ...(typeof contentType === 'string' && contentType ? { contentType } : {}),
    })
    const wireMediaId = `@crypt_${randomHex(4)}_${randomHex(64)}`
    const known = uploads.get(login) ?? new Map<string, Upload>()
    uploads.set(login, known.set(wireMediaId, { mediaId, fileName: typeof name === 'string' ? name : '文件' }))
    return respond(c, { MediaId: wireMediaId, ...position })
  })

  app.get('/webwxgetmsgimg', (c) => {
    const login = authenticate(world, c, c.req.query())
    const id = c.req.query('MsgID') ?? c.req.query('msgid') ?? ''
    return sendBytes(c, world, findMessage(world, login, (message) => message.id === id)?.mediaId)
  })

  app.get('/webwxgetmedia', (c) => {
    const login = authenticate(world, c, {})
    const id = c.req.query('mediaid')
    return sendBytes(c, world, findMessage(world, login, (message) => message.mediaId === id)?.mediaId)
  })

  app.on('GET', ['/webwxgeticon', '/webwxgetheadimg'], (c) => {
    const login = authenticate(world, c, c.req.query())
    const rawId = rawIdOf(world, login, c.req.query('username') ?? '') ?? ''
    return c.body(new Uint8Array(drawAvatar(rawId)), 200, { 'Content-Type': 'image/png' })
  })
  return app
}

async function readForm(c: ProtocolContext): Promise<FormData> {
  try {
    return await c.req.formData()
  } catch {
    throw new WechatRet(1, 'the body is no multipart form')
  }
}

function parseRequest(value: unknown): Record<string, unknown> {
  try {
    const request: unknown = JSON.parse(textOf(value))
    if (isRecord(request)) return request
  } catch {
    // Invalid JSON gets the same response as JSON of another shape.
  }
  throw new WechatRet(1)
}

/** Keeps a chunk; returns the whole file if no chunk is missing, otherwise undefined. */
function addChunk(
  login: Login,
  key: string,
  { bytes, at, chunks }: { bytes: Buffer; at: number; chunks: number },
): Buffer | undefined {
  const files = pending.get(login) ?? new Map<string, Buffer[]>()
  pending.set(login, files)
  const parts = files.get(key) ?? []
  files.set(key, parts)
  parts[at] = bytes
  for (let index = 0; index < chunks; index++) if (!parts[index]) return undefined
  files.delete(key)
  return Buffer.concat(parts)
}

function findMessage(world: World, login: Login, matches: (message: Message) => boolean): Message | undefined {
  for (const [chat, messages] of Object.entries(world.data.messages)) {
    const room = world.data.rooms[chat]
    const isMine = room
      ? room.members.some((member) => member.wxid === login.wxid)
      : messages.some((message) => privateChat(login.wxid, peerOf(message, login)) === chat)
    const found = isMine ? messages.findLast(matches) : undefined
    if (found) return found
  }
  return undefined
}

function peerOf(message: Message, login: Login): string {
  return message.from === login.wxid ? (message.to ?? '') : (message.from ?? message.to ?? '')
}

function sendBytes(c: ProtocolContext, world: World, mediaId: string | null | undefined): Response {
  const bytes = mediaId ? world.media.get(mediaId) : null
  const contentType = mediaId ? world.data.media[mediaId]?.contentType : undefined
  if (!bytes || !contentType) return c.body(null, 404)
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': contentType })
}
