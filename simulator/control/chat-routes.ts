import { Hono } from 'hono'
import * as z from 'zod'

import type { Simulator } from '@/simulator/protocol/context'
import { findPersonOrThrow, findRoomOrThrow } from '@/simulator/world/find-person'
import type { Draft } from '@/simulator/world/post-message'
import { fileHelper, postToPerson, postToRoom, privateChat, redeliverInRoom } from '@/simulator/world/post-message'
import { storeMedia } from '@/simulator/world/store-media'
import type { World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'
import { presentMessage } from '@/simulator/control/present-state'
import { readBody } from '@/simulator/control/read-body'

const newMessage = z.discriminatedUnion('type', [
  z.object({ from: z.string(), type: z.literal('text'), text: z.string().min(1).max(20_000) }),
  z.object({
    from: z.string(),
    type: z.literal('image'),
    imageBase64: z.string().min(1),
    contentType: z.string().optional(),
  }),
  z.object({
    from: z.string(),
    type: z.literal('file'),
    fileBase64: z.string().min(1),
    fileName: z.string().min(1).max(200),
  }),
  /** A message of any kind with fields as WeChat sends them; without a sender it is a system message. */
  z.object({
    from: z.string().nullable(),
    type: z.literal('wire'),
    wire: z.record(z.string().regex(/^[A-Z]\w+$/), z.union([z.string(), z.number()])),
  }),
])

/** Messages from the phone's side: sending and reading. */
export function chatRoutes({ world }: Simulator): Hono {
  const app = new Hono()

  app.post('/rooms/:roomId/messages', async (c) => {
    const { id } = findRoomOrThrow(world, c.req.param('roomId'))
    const draft = await draftOf(world, await readBody(c, newMessage))
    return c.json(presentMessage(world, postToRoom(world, id, draft)))
  })

  app.get('/rooms/:roomId/messages', (c) => {
    const { id } = findRoomOrThrow(world, c.req.param('roomId'))
    return c.json({ messages: listMessages(world, id) })
  })

  app.post('/rooms/:roomId/redeliver', (c) => {
    redeliverInRoom(world, c.req.param('roomId'))
    return c.json({})
  })

  app.post('/chats/:wxid/messages', async (c) => {
    const draft = await draftOf(world, await readBody(c, newMessage))
    const { from } = draft
    if (from === null) throw new WorldError('BAD_REQUEST', 'a private message needs a sender')
    return c.json(presentMessage(world, postToPerson(world, c.req.param('wxid'), { ...draft, from })))
  })

  app.get('/chats/:wxid/:peer/messages', (c) => {
    const pair = [c.req.param('wxid'), c.req.param('peer')] as const
    for (const wxid of pair) if (wxid !== fileHelper) findPersonOrThrow(world, wxid)
    return c.json({ messages: listMessages(world, privateChat(...pair)) })
  })

  app.get('/media/:mediaId', (c) => {
    const mediaId = c.req.param('mediaId')
    const media = Object.hasOwn(world.data.media, mediaId) ? world.data.media[mediaId] : undefined
    const bytes = media && world.media.get(mediaId)
    if (!bytes) throw new WorldError('NOT_FOUND', `there is no file ${mediaId}`)
    // Uploads are untrusted: a browser shows an image or downloads the file, but never executes it.
    const isPicture = /^image\/(png|jpeg|gif|webp|bmp)$/.test(media.contentType)
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': media.contentType,
      'Content-Disposition': isPicture ? 'inline' : 'attachment',
      'Content-Security-Policy': "sandbox; default-src 'none'",
    })
  })
  return app
}

async function draftOf(world: World, body: z.infer<typeof newMessage>): Promise<Draft> {
  if (body.type === 'wire') return { ...body, text: '[任意消息]', via: 'phone' }
  if (body.type === 'text') return { from: body.from, type: 'text', text: body.text, via: 'phone' }
  const isFile = body.type === 'file'
  const bytes = Buffer.from(isFile ? body.fileBase64 : body.imageBase64, 'base64')
  if (bytes.length === 0) throw new WorldError('BAD_REQUEST', `${body.type}Base64 holds no bytes`)
  if (isFile) {
    const { from, fileName } = body
    return {
      from,
      type: 'file',
      text: `[文件] ${fileName}`,
      mediaId: await storeMedia(world, { bytes }),
      fileName,
      via: 'phone',
    }
  }
  const mediaId = await storeMedia(world, { bytes, ...(body.contentType ? { contentType: body.contentType } : {}) })
  return { from: body.from, type: 'image', text: '[图片]', mediaId, via: 'phone' }
}

function listMessages(world: World, chat: string) {
  return (world.data.messages[chat] ?? []).map((message) => presentMessage(world, message))
}
