import { html, useEffect, useRef, useState } from './preact.js'

import { api, roomPath } from './api.js'
import { Composer } from './composer.js'
import { Avatar, Back, shortTime } from './parts.js'
import { RoomSettings } from './room-settings.js'
import { useResponse } from './use-world.js'

const gapMs = 5 * 60_000

/** One chat of this phone: a room or a person. */
export function Chat({ world, me, chat, names, run, onBack }) {
  const [isSettingsOpen, setSettingsOpen] = useState(false)
  const room = chat.kind === 'room' ? world.rooms.find((candidate) => candidate.id === chat.id) : null
  const path = room ? roomPath(room.id) : `/chats/${encodeURIComponent(me.wxid)}/${encodeURIComponent(chat.id)}`
  const messages = useResponse(`${path}/messages`, world.revision)?.messages ?? []
  if (chat.kind === 'room' && !room) return html`<header class="bar"><${Back} onBack=${onBack} /></header>`
  if (room && isSettingsOpen) {
    return html`<${RoomSettings} ...${{ me, room, run, names }} onBack=${() => setSettingsOpen(false)} />`
  }
  const title = room ? `${room.name}（${room.members.length}）` : (names.get(chat.id) ?? chat.id)
  return html`<header class="bar">
      <${Back} onBack=${onBack} />
      <h2>${title}</h2>
      ${
        room &&
        html`<button
          class="more"
          type="button"
          aria-label="群设置 Room settings"
          onClick=${() => setSettingsOpen(true)}
        >
          ⋯
        </button>`
      }
    </header>
    <${Messages} ...${{ messages, me, run }} />
    <${Composer} key=${chat.id} ...${{ world, me, room, chat, names, run }} />`
}

export function Messages({ messages, me, run }) {
  const end = useRef(null)
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [messages.length])
  return html`<div class="scroll messages" role="log" aria-label="消息" tabindex="0">
    <ol>
      ${messages.map((message, at) => {
        const isLater = message.atMs - (messages[at - 1]?.atMs ?? 0) > gapMs
        return html`${isLater && html`<li class="line" key=${`${message.id}-time`}>${shortTime(message.atMs)}</li>`}
          <${Message} key=${message.id} ...${{ message, me, run }} />`
      })}
    </ol>
    <div ref=${end}></div>
  </div>`
}

function Message({ message, me, run }) {
  if (message.type === 'system') return html`<li class="line">${message.text}</li>`
  const isMine = message.from === me.wxid
  return html`<li class=${isMine ? 'message mine' : 'message'}>
    <${Avatar} rawId=${message.from} size=${36} />
    <div>
      <p class="who">${message.fromName}${message.via === 'web' && html`<span class="via">网页</span>`}</p>
      <${Content} ...${{ message, me, run }} />
    </div>
  </li>`
}

function Content({ message, me, run }) {
  if (message.mediaUrl && message.type !== 'file') {
    return html`<a href=${message.mediaUrl} target="_blank" rel="noreferrer">
      <img class="picture" src=${message.mediaUrl} alt="图片" />
    </a>`
  }
  if (message.type === 'file') return html`<a class="bubble" href=${message.mediaUrl} download>${message.text}</a>`
  if (message.type !== 'invite') return html`<p class="bubble">${message.text}</p>`
  const accept = () => run(() => api(`${roomPath(message.roomId)}/join`, { wxid: message.to, inviter: message.from }))
  return html`<div class="bubble">
    <p>${message.text}</p>
    ${message.to === me.wxid && html`<p class="muted">这是发给你的邀请</p>`}
    <button class="plain" type="button" onClick=${accept}>接受邀请 <small lang="en">Join</small></button>
  </div>`
}
