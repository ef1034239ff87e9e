import { html, useState } from './preact.js'

import { api, readBase64, roomPath } from './api.js'
import { PersonSelect } from './parts.js'

const sizeLimitBytes = 10 * 1024 * 1024

/** Sends a message as any member of a room, or as either side of a private chat. */
export function Composer({ world, me, room, chat, names, run }) {
  const speakers = speakersOf({ world, me, room, chat, names })
  const [chosen, setChosen] = useState('')
  const from = speakers.some(([wxid]) => wxid === chosen) ? chosen : speakers[0]?.[0]
  const peer = from === me.wxid ? chat.id : me.wxid
  const path = room ? `${roomPath(room.id)}/messages` : `/chats/${encodeURIComponent(peer)}/messages`

  const send = (message) => api(path, { from, ...message })
  const sendPicture = (imageBase64, contentType) => send({ type: 'image', imageBase64, contentType })

  return html`<${MessageForm} run=${run} onText=${(text) => send({ type: 'text', text })} onPicture=${sendPicture}>
    <${PersonSelect} label="谁来说 Speak as" value=${from} options=${speakers} onChange=${setChosen} />
  <//>`
}

/** Sends a text or an image: `onText(text)`, `onPicture(base64, contentType)`. Children appear above the text. */
export function MessageForm({ run, onText, onPicture, children }) {
  const [text, setText] = useState('')
  const sendText = () =>
    run(async () => {
      if (!text.trim()) return
      await onText(text)
      setText('')
    })
  const sendPicture = (input) =>
    run(async () => {
      const file = input.files[0]
      if (!file) return
      if (file.size > sizeLimitBytes) throw new Error('图片超过 10 MB')
      await onPicture(await readBase64(file), file.type)
      input.value = ''
    })
  const onKeyDown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    sendText()
  }

  return html`<form
    class="composer"
    onSubmit=${(event) => {
      event.preventDefault()
      sendText()
    }}
  >
    ${children}
    <div class="say">
      <textarea
        aria-label="消息内容 Message"
        placeholder="说点什么"
        rows="1"
        value=${text}
        onInput=${(event) => setText(event.currentTarget.value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      <label class="attach" title="发送图片 Send a picture">
        <input
          type="file"
          accept="image/*"
          aria-label="发送图片 Send a picture"
          onChange=${(e) => sendPicture(e.currentTarget)}
        />
        <span aria-hidden="true">＋</span>
      </label>
      <button class="primary" type="submit">发送 <small lang="en">Send</small></button>
    </div>
  </form>`
}

/** Robot accounts come last, because a person at the phone page mostly writes to the robot, not as the robot. */
function speakersOf({ world, me, room, chat, names }) {
  const robots = new Set(world.accounts.map((account) => account.wxid))
  const wxids = room
    ? room.members.map((member) => member.wxid)
    : chat.id === 'filehelper'
      ? [me.wxid]
      : [chat.id, me.wxid]
  const shown = wxids.map((wxid) => {
    const name = room?.members.find((member) => member.wxid === wxid)?.displayName || names.get(wxid) || wxid
    return [wxid, wxid === me.wxid ? `${name}（本机）` : name]
  })
  return shown.sort(([a], [b]) => robots.has(a) - robots.has(b) || (a === me.wxid) - (b === me.wxid))
}
