import { html } from './preact.js'

import { findIlinkBot, IlinkChatRow } from './ilink-chat.js'
import { Avatar, Computer, shortTime } from './parts.js'
import { useResponse } from './use-world.js'

export function ChatList({ world, ilink, me, onOpen, onTab }) {
  const chats = useResponse(`/accounts/${encodeURIComponent(me.wxid)}/chats`, world.revision)?.chats ?? []
  const bot = findIlinkBot(ilink, me.wxid)
  return html`<header class="bar"><h2>微信</h2></header>
    <div class="scroll">
      ${
        me.online &&
        html`<button class="strip" type="button" onClick=${() => onTab('me')}>
          <${Computer} /> 网页微信已登录 <small lang="en">Logged in on the web</small>
        </button>`
      }
      <ul class="rows">
        ${bot && html`<${IlinkChatRow} bot=${bot} onOpen=${onOpen} />`}
        ${chats.map(
          (chat) =>
            html`<li key=${chat.id}>
              <button type="button" data-chat=${chat.id} onClick=${() => onOpen({ kind: chat.kind, id: chat.id })}>
                <${Avatar} rawId=${chat.id} size=${44} />
                <span class="two-lines">
                  <strong>${chat.name}</strong>
                  <span class="muted">${preview(chat)}</span>
                </span>
                <time class="muted">${chat.lastMessage ? shortTime(chat.lastMessage.atMs) : ''}</time>
              </button>
            </li>`,
        )}
      </ul>
    </div>`
}

function preview({ kind, lastMessage }) {
  if (!lastMessage) return ''
  return kind === 'room' && lastMessage.from ? `${lastMessage.fromName}：${lastMessage.text}` : lastMessage.text
}
