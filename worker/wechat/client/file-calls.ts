import type { WebClient } from '@/worker/wechat/client/web-client'
import type { FileKind } from '@/worker/wechat/protocol/message-kinds'
import type { RawMessage } from '@/worker/wechat/protocol/raw-shapes'

type FileMessage = Pick<RawMessage, 'MsgId' | 'FromUserName' | 'MediaId' | 'FileName'>

/** Fetches the file of a message, up to 20 MiB; empty if WeChat does not have it yet. */
export async function downloadFile(client: WebClient, kind: FileKind, message: FileMessage): Promise<Buffer> {
  const { skey, passTicket, dataTicket } = client.credentials
  const query = { MsgID: message.MsgId, skey }
  switch (kind) {
    case 'image':
      return client.getFile('webwxgetmsgimg', { ...query, type: 'big' })
    case 'voice':
      return client.getFile('webwxgetvoice', query)
    case 'video':
      return client.getFile('webwxgetvideo', query, { headers: { range: 'bytes=0-' } })
    case 'document': {
      const source = { sender: message.FromUserName, mediaid: message.MediaId, filename: message.FileName }
      const tickets = { pass_ticket: passTicket, webwx_data_ticket: dataTicket }
      const all = { ...source, fromuser: client.self.username, ...tickets }
      return client.getFile('webwxgetmedia', all, { service: 'file.' })
    }
  }
}
