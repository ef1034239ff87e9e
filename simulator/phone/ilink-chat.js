import { html } from './preact.js'

import { api } from './api.js'
import { Messages } from './chat.js'
import { MessageForm } from './composer.js'
import { Avatar, Back, Label } from './parts.js'
import { useResponse } from './use-world.js'

const windowMs = 24 * 60 * 60_000
const maxSentPerInbound = 10
const personPath = (me) => `/ilink/people/${encodeURIComponent(me.wxid)}`

/** Returns the newest iLink robot of an account, active or ended; undefined: the account never had one. */
export const findIlinkBot = (ilink, wxid) => ilink?.bots.findLast((bot) => bot.wxid === wxid)

/** The iLink robot's row in the chat list. */
export function IlinkChatRow({ bot, onOpen }) {
  return html`<li>
    <button type="button" data-chat=${bot.botId} onClick=${() => onOpen({ kind: 'ilink', id: bot.botId })}>
      <${Avatar} rawId=${bot.botId} size=${44} />
      <span class="two-lines">
        <strong>我的机器人<span class="via">iLink</span></strong>
        <span class="muted">${windowText(bot)}</span>
      </span>
    </button>
  </li>`
}

/** The private chat of this account with its iLink robot. */
export function IlinkChat({ world, ilink, me, run, onBack }) {
  const bot = findIlinkBot(ilink, me.wxid)
  const sent = useResponse(`${personPath(me)}/messages`, world.revision)?.messages ?? []
  if (!bot) return html`<header class="bar"><${Back} onBack=${onBack} /></header>`
  const messages = sent.map((message) => presentMessage(message, { bot, me }))
  const write = (message) => api(`${personPath(me)}/messages`, message)
  const writePicture = (bytesBase64) => write({ type: 'image', bytesBase64 })
  return html`<header class="bar">
      <${Back} onBack=${onBack} />
      <h2>我的机器人</h2>
    </header>
    <p class="strip muted" role="status">${windowText(bot)}</p>
    <${Messages} ...${{ messages, me, run }} />
    ${
      bot.isAlive &&
      html`<${MessageForm} run=${run} onText=${(text) => write({ type: 'text', text })} onPicture=${writePicture} />`
    }`
}

/** The iLink robot on the account's screen, with controls to end its token and its reply window. */
export function IlinkCard({ ilink, me, run }) {
  const bot = findIlinkBot(ilink, me.wxid)
  const end = () => run(() => api(`${personPath(me)}/end`, {}))
  const closeWindow = () => run(() => api('/ilink/clock', { aheadMs: windowMs }))
  return html`<section class="card" aria-label="iLink 机器人">
    <h3><${Label} zh="iLink 机器人" en="iLink robot" /></h3>
    ${
      bot
        ? html`<p>
            <span class="presence"
              ><span class=${`dot ${bot.isAlive ? 'online' : 'refused'}`}></span>${windowText(bot)}</span
            >
          </p>`
        : html`<p class="muted">没有机器人用 iLink 连接这个账号。</p>`
    }
    ${
      bot?.isAlive &&
      html`<div class="actions">
        <button class="danger" type="button" onClick=${closeWindow}>
          快进 24 小时，回复窗口关闭 <small lang="en">Close the reply window</small>
        </button>
        <button class="danger" type="button" onClick=${end}>
          让令牌失效 <small lang="en">End the token · -14</small>
        </button>
      </div>`
    }
  </section>`
}

function windowText(bot) {
  if (!bot.isAlive) return '令牌已失效，要重新扫码'
  if (bot.isWindowOpen) return `机器人还能回复 ${maxSentPerInbound - bot.sentSinceInbound} 条`
  return bot.lastInboundAtMs === null ? '你先发一条，机器人才能回复' : '回复窗口已关闭，再发一条就会打开'
}

function presentMessage({ id, from, text, mediaUrl, fileName, atMs }, { bot, me }) {
  const isMine = from === 'person'
  const type = fileName ? 'file' : mediaUrl && !text ? 'image' : 'text'
  return {
    id,
    type,
    from: isMine ? me.wxid : bot.botId,
    fromName: isMine ? me.nickname : '机器人',
    text: fileName ?? text,
    mediaUrl: type === 'text' ? null : mediaUrl,
    atMs,
  }
}
