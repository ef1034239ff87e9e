import { Hono } from 'hono'

import { isRoomId, rawIdOf } from '@/simulator/login/user-names'
import { isMember } from '@/simulator/world/find-person'
import type { Draft } from '@/simulator/world/post-message'
import { postToPerson, postToRoom } from '@/simulator/world/post-message'
import type { Login, Message, World } from '@/simulator/world/world'
import { respond, isRecord, readJson, textOf, WechatRet } from '@/simulator/protocol/response'
import { authenticate } from '@/simulator/protocol/authenticate'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { findUpload } from '@/simulator/protocol/media-routes'

/** Sends of the web client: text, image, emoticon and file. The sender gets no echo of them. */
export function sendRoutes({ world }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>().basePath('/cgi-bin/mmwebwx-bin')

  const sendCall = (path: string, draftOf: (login: Login, msg: Record<string, unknown>) => MessageDraft) =>
    app.post(path, async (c) => {
      const body = await readJson(c)
      const login = authenticate(world, c, body.BaseRequest)
      const msg = isRecord(body.Msg) ? body.Msg : {}
      const message = send(world, login, { userName: textOf(msg.ToUserName), draft: draftOf(login, msg) })
      return respond(c, { MsgID: message.id, LocalID: textOf(msg.LocalID) })
    })

  sendCall('/webwxsendmsg', (_login, msg) => {
    const text = textOf(msg.Content)
    if (!text) throw new WechatRet(1)
    return { type: 'text', text }
  })
  sendCall('/webwxsendmsgimg', (login, msg) => ({ type: 'image', text: '[图片]', ...uploaded(login, msg.MediaId) }))
  sendCall('/webwxsendemoticon', (login, msg) => ({
    type: 'emoticon',
    text: '[动画表情]',
    ...uploaded(login, msg.MediaId ?? msg.EMoticonMd5),
  }))
  sendCall('/webwxsendappmsg', (login, msg) => {
    const attachment = /<attachid>(.*?)<\/attachid>/.exec(textOf(msg.Content))?.[1]
    const file = uploaded(login, attachment)
    return { type: 'file', text: `[文件] ${file.fileName}`, ...file }
  })

  const uploaded = (login: Login, mediaId: unknown) => {
    const upload = findUpload(login, textOf(mediaId))
    if (!upload) throw new WechatRet(1)
    return { mediaId: upload.mediaId, fileName: upload.fileName }
  }
  return app
}

type MessageDraft = Pick<Draft, 'type' | 'text'> & Partial<Message>

function send(world: World, login: Login, { userName, draft }: { userName: string; draft: MessageDraft }): Message {
  const rawId = rawIdOf(world, login, userName)
  if (!rawId) throw new WechatRet(1)
  const sent = { ...draft, from: login.wxid, via: 'web' as const }
  if (!isRoomId(rawId)) return postToPerson(world, rawId, sent)
  const room = world.data.rooms[rawId]
  if (!room || !isMember(room, login.wxid)) throw new WechatRet(1)
  return postToRoom(world, rawId, sent)
}
