import { html } from './preact.js'

import { Avatar, Computer, shortTime } from './parts.js'
import { useAnswer } from './use-world.js'

export function ChatList({ world, me, onOpen, onTab }) {
  const chats = useAnswer(`/accounts/${encodeURIComponent(me.wxid)}/chats`, world.revision)?.chats ?? []
  return html`<header class="bar"><h2>微信</h2></header>
    <div class="scroll">
      ${
        me.online &&
        html`<button class="strip" type="button" onClick=${() => onTab('me')}>
          <${Computer} /> 网页微信已登录 <small lang="en">Logged in on the web</small>
        </button>`
      }
      <ul class="rows">
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
