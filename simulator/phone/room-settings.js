import { html, useState } from './preact.js'

import { api, roomPath } from './api.js'
import { Avatar, Back, Label, PersonSelect } from './parts.js'

/** A room's name, members and place in the address book. */
export function RoomSettings({ me, room, names, run, onBack }) {
  const [name, setName] = useState(room.name)
  const members = room.members.map((member) => [member.wxid, member.displayName || member.nickname])
  const [by, setBy] = useState(room.owner)
  const outside = [...names].filter(([wxid]) => !room.members.some((member) => member.wxid === wxid))
  const [guest, setGuest] = useState('')
  const invited = outside.some(([wxid]) => wxid === guest) ? guest : outside[0]?.[0]
  const change = (action, body) => run(() => api(`${roomPath(room.id)}/${action}`, body))
  const submit = (action) => (event) => {
    event.preventDefault()
    action()
  }
  const actor = members.some(([wxid]) => wxid === by) ? by : room.owner
  const isSaved = room.savedBy.includes(me.wxid)

  return html`<header class="bar">
      <${Back} onBack=${onBack} />
      <h2>群设置</h2>
    </header>
    <div class="scroll settings">
      <form class="card" onSubmit=${submit(() => change('rename', { name, by: actor }))}>
        <label class="field">
          <span><${Label} zh="群名称" en="Name" /></span>
          <input value=${name} maxlength="200" required onInput=${(event) => setName(event.currentTarget.value)} />
        </label>
        <${PersonSelect} label="谁来做 Acting" value=${actor} options=${members} onChange=${setBy} />
        <button class="primary" type="submit">改群名 <small lang="en">Rename</small></button>
      </form>
      <form class="card" onSubmit=${submit(() => change('join', { wxid: invited, inviter: actor }))}>
        <${PersonSelect} label="邀请 Invite" value=${invited} options=${outside} onChange=${setGuest} />
        <button class="primary" type="submit">邀请进群 <small lang="en">Invite</small></button>
      </form>
      <label class="card check">
        <input
          type="checkbox"
          checked=${isSaved}
          onChange=${() => change('save', { wxid: me.wxid, saved: !isSaved })}
        />
        <span><${Label} zh="保存到通讯录" en="Save to contacts" /></span>
      </label>
      <section class="card" aria-label="群成员">
        <h3><${Label} zh=${`群成员（${room.members.length}）`} en="Members" /></h3>
        <ul class="members">
          ${room.members.map(
            (member) =>
              html`<li key=${member.wxid}>
                <${Avatar} rawId=${member.wxid} size=${32} />
                <span class="grow">${member.nickname}${member.displayName && `（${member.displayName}）`}</span>
                ${
                  member.wxid === room.owner
                    ? html`<span class="muted">群主</span>`
                    : html`<button
                        class="quiet"
                        type="button"
                        aria-label=${`移出 Remove ${member.nickname}`}
                        onClick=${() => change('leave', { wxid: member.wxid, by: room.owner })}
                      >
                        移出 <small lang="en">Remove</small>
                      </button>`
                }
              </li>`,
          )}
        </ul>
      </section>
    </div>`
}
