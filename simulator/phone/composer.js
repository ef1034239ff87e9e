import { html, useState } from './preact.js'

import { api, readBase64, roomPath } from './api.js'
import { PersonSelect } from './parts.js'

const sizeLimitBytes = 10 * 1024 * 1024

/** Says something as any member of a room, or as either side of a private chat. */
export function Composer({ world, me, room, chat, names, run }) {
  const speakers = speakersOf({ world, me, room, chat, names })
  const [wanted, setWanted] = useState('')
  const [text, setText] = useState('')
  const from = speakers.some(([wxid]) => wxid === wanted) ? wanted : speakers[0]?.[0]
  const peer = from === me.wxid ? chat.id : me.wxid
  const path = room ? `${roomPath(room.id)}/messages` : `/chats/${encodeURIComponent(peer)}/messages`

  const sendText = () =>
    run(async () => {
      if (!text.trim()) return
      await api(path, { from, type: 'text', text })
      setText('')
    })
  const sendPicture = (input) =>
    run(async () => {
      const file = input.files[0]
      if (!file) return
      if (file.size > sizeLimitBytes) throw new Error('图片超过 10 MB')
      await api(path, { from, type: 'image', imageBase64: await readBase64(file), contentType: file.type })
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
    <${PersonSelect} label="谁来说 Speak as" value=${from} options=${speakers} onChange=${setWanted} />
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

/** Plain people first: whoever plays the phone mostly speaks to the robot, not for it. */
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
