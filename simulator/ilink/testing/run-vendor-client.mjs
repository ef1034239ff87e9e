// Runs Tencent's own client through one login, one received batch and two sends, and prints each step as a line of JSON.
// usage: run-vendor-client.mjs <origin of the simulator> <image to send>; reads the login number from standard input.
import { getUpdates, notifyStart, notifyStop } from '@tencent-weixin/openclaw-weixin/dist/src/api/api.js'
import { startWeixinLoginWithQr, waitForWeixinLogin } from '@tencent-weixin/openclaw-weixin/dist/src/auth/login-qr.js'
import { downloadAndDecryptBuffer } from '@tencent-weixin/openclaw-weixin/dist/src/cdn/pic-decrypt.js'
import { uploadFileToWeixin } from '@tencent-weixin/openclaw-weixin/dist/src/cdn/upload.js'
import { sendImageMessageWeixin, sendMessageWeixin } from '@tencent-weixin/openclaw-weixin/dist/src/messaging/send.js'

const [origin = '', picturePath = ''] = process.argv.slice(2)
const cdnBaseUrl = 'https://novac2c.cdn.weixin.qq.com/c2c'

// The client calls fixed hosts; one origin replaces all of them, the paths stay the same.
const realFetch = globalThis.fetch
globalThis.fetch = (input, init) => {
  const { pathname, search } = new URL(input instanceof Request ? input.url : input)
  return realFetch(new URL(pathname + search, origin), init)
}

/** @param {string} step @param {object} detail */
const print = (step, detail) => process.stdout.write(`\n${JSON.stringify({ step, ...detail })}\n`)

const { qrcodeUrl, sessionKey } = await startWeixinLoginWithQr({ apiBaseUrl: origin })
print('code', { qrcodeUrl })
const login = await waitForWeixinLogin({ sessionKey, apiBaseUrl: origin, timeoutMs: 60_000 })
print('login', { connected: login.connected, accountId: login.accountId, userId: login.userId })

const opts = { baseUrl: login.baseUrl ?? '', token: login.botToken ?? '' }
const to = login.userId ?? ''
await notifyStart(opts)
/** @type {{ message_id?: string, context_token?: string, item_list?: any[] }[]} */
const received = []
for (let cursor = ''; received.length < 2;) {
  const updates = await getUpdates({ ...opts, get_updates_buf: cursor })
  cursor = updates.get_updates_buf || cursor
  received.push(...(updates.msgs ?? []))
}
const [text, file] = received
const { media } = file?.item_list?.[0].file_item ?? {}
const bytes = await downloadAndDecryptBuffer(media.encrypt_query_param, media.aes_key, cdnBaseUrl, 'test')
print('received', {
  id: text?.message_id,
  text: text?.item_list?.[0].text_item.text,
  fileName: file?.item_list?.[0].file_item.file_name,
  fileText: bytes.toString(),
})

const sendOpts = { ...opts, contextToken: text?.context_token ?? '' }
const sentText = await sendMessageWeixin({ to, text: '收到了', opts: sendOpts })
const uploaded = await uploadFileToWeixin({ filePath: picturePath, toUserId: to, opts: sendOpts, cdnBaseUrl })
const sentImage = await sendImageMessageWeixin({ to, text: '', uploaded, opts: sendOpts })
print('sent', { ids: [sentText, sentImage].map((sent) => sent.serverMessageId ?? sent.messageId) })
await notifyStop(opts)
// The client leaves its standard input open, which would keep the process alive.
process.exit(0)
