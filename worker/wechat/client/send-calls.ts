import { z } from 'zod'
import type { UploadedImage } from '@/worker/wechat/client/upload'
import { makeClientId, type WebClient } from '@/worker/wechat/client/web-client'

const messageTypes = { text: 1, image: 3, file: 6, emoticon: 47 } as const
/** The app that WeChat's web client names in a message with a file. */
const fileAppId = 'wxeb7ec651dd0aefa9'

/** Sends a text; returns WeChat's MsgID, or "" if the response has none. */
export async function sendTextMessage(client: WebClient, to: string, text: string): Promise<string> {
  const message = { ...envelopeOf(client, to), Type: messageTypes.text, Content: text }
  return send(client, 'webwxsendmsg', message, {})
}

/** Sends an uploaded image, a GIF as the emoticon that moves; returns WeChat's MsgID, or "" if the response has none. */
export async function sendImageMessage(
  client: WebClient,
  to: string,
  { mediaId, extension }: UploadedImage,
): Promise<string> {
  const message = { ...envelopeOf(client, to), MediaId: mediaId }
  if (extension === 'gif') {
    const emoticon = { ...message, Type: messageTypes.emoticon, EmojiFlag: 2 }
    return send(client, 'webwxsendemoticon', emoticon, { fun: 'sys' })
  }
  return send(client, 'webwxsendmsgimg', { ...message, Type: messageTypes.image }, { fun: 'async', f: 'json' })
}

/** Sends an uploaded file, which people see by its name; returns WeChat's MsgID, or "" if the response has none. */
export async function sendFileMessage(
  client: WebClient,
  to: string,
  { mediaId, fileName, sizeBytes }: { mediaId: string; fileName: string; sizeBytes: number },
): Promise<string> {
  const extension = /\.([^.]{1,20})$/.exec(fileName)?.[1] ?? ''
  const attachment =
    `<totallen>${sizeBytes}</totallen><attachid>${escapeXml(mediaId)}</attachid>` +
    `<fileext>${escapeXml(extension)}</fileext>`
  const content =
    `<appmsg appid='${fileAppId}' sdkver=''><title>${escapeXml(fileName)}</title><des></des><action></action>` +
    `<type>${messageTypes.file}</type><content></content><url></url><lowurl></lowurl>` +
    `<appattach>${attachment}</appattach><extinfo></extinfo></appmsg>`
  const message = { ...envelopeOf(client, to), Type: messageTypes.file, Content: content }
  return send(client, 'webwxsendappmsg', message, { fun: 'async', f: 'json' })
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

function envelopeOf({ self }: WebClient, to: string) {
  const id = makeClientId()
  return { FromUserName: self.username, ToUserName: to, LocalID: id, ClientMsgId: id }
}

const sent = z.object({ MsgID: z.union([z.string().max(200), z.number().transform(String)]).catch('') })

async function send(
  client: WebClient,
  name: string,
  message: Record<string, unknown>,
  query: Record<string, string>,
): Promise<string> {
  const body = { Scene: 0, Msg: message }
  const common = { pass_ticket: client.credentials.passTicket, lang: 'zh_CN' }
  return sent.parse(await client.post(name, body, { ...query, ...common })).MsgID
}
