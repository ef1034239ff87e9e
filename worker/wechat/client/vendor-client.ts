import type { Puppet } from 'wechaty-puppet'

export type VendorRequest = {
  url: string
  method?: string
  params?: unknown
  headers?: Record<string, string>
  data?: unknown
  responseType?: string
}
export type VendorResponse = { status: number; data: unknown; headers: Record<string, unknown> }

export type UploadedFile = { mediaId: string; name: string; size: number; ext: string }

/** The part of wechat4u's untyped client that we use. Its responses are foreign input: `unknown` until parsed. */
export type VendorClient = {
  PROP: {
    uuid: string
    uin: string
    sid: string
    skey: string
    passTicket: string
    formatedSyncKey: string
    webwxDataTicket: string
    syncKey: unknown
  }
  CONF: Record<string, unknown>
  COOKIE: Record<string, string>
  user: Record<string, unknown>
  /** Every method below sends its requests through this. */
  request: (options: VendorRequest) => Promise<VendorResponse>
  rediUri: string
  start: () => unknown
  restart: () => unknown
  on(event: 'error', listener: (error: unknown) => void): void
  login(): Promise<unknown>
  init(): Promise<unknown>
  sync(): Promise<unknown>
  notifyMobile(): Promise<unknown>
  getContact(seq: number): Promise<unknown>
  batchGetContact(list: { UserName: string; EncryChatRoomId: string }[]): Promise<unknown>
  getMsgImg(messageId: string): Promise<{ data: unknown }>
  getVoice(messageId: string): Promise<{ data: unknown }>
  getVideo(messageId: string): Promise<{ data: unknown }>
  getDoc(from: string, mediaId: string, name: string): Promise<{ data: unknown }>
  logout(): Promise<unknown>
  createChatroom(topic: string, members: { UserName: string }[]): Promise<unknown>
  updateChatroom(room: string, usernames: string[], change: 'addmember' | 'invitemember'): Promise<unknown>
  /** Returns the credentials that each call to WeChat carries. */
  getBaseRequest(): unknown
  verifyUser(username: string, ticket: string): Promise<unknown>
  updateRemarkName(username: string, remark: string): Promise<unknown>
  sendText(text: string, to: string): Promise<unknown>
  sendPic(mediaId: string, to: string): Promise<unknown>
  sendEmoticon(mediaId: string, to: string): Promise<unknown>
  sendDoc(mediaId: string, name: string, size: number, extension: string, to: string): Promise<unknown>
  uploadMedia(
    bytes: Buffer,
    name: string,
    to: string,
  ): Promise<{ mediaId: string; name: string; size: number; ext: string }>
}

/** The vendor's puppet with the members we override, some of which its types declare private. */
export type VendorPuppet = Puppet & {
  wechat4u?: VendorClient
  monkeyPatch(client: VendorClient): void
  initHookEvents(client: VendorClient): void
}
