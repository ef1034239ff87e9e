import { html, useState } from './preact.js'

import { api } from './api.js'
import { Avatar, Label, PersonSelect, shortTime } from './parts.js'

const requestStates = { pending: '等待验证', accepted: '已添加', refused: '已拒绝' }

/** Friends of this account and pending friend requests. */
export function Contacts({ world, me, names, run, onOpen }) {
  const requests = world.friendRequests.filter((request) => request.to === me.wxid).reverse()
  return html`<header class="bar"><h2>通讯录</h2></header>
    <div class="scroll settings">
      <${AskForm} ...${{ me, names, run }} />
      ${
        requests.length > 0 &&
        html`<section class="card" aria-label="新的朋友">
          <h3><${Label} zh="新的朋友" en="Requests" /></h3>
          <ul class="members">
            ${requests.map(
              (request) =>
                html`<li key=${request.id}>
                  <${Avatar} rawId=${request.from} size=${32} />
                  <span class="two-lines grow">
                    <strong>${names.get(request.from)}</strong>
                    <span class="muted">${request.greeting}</span>
                  </span>
                  <span class="muted">${requestStates[request.state]} ${shortTime(request.atMs)}</span>
                </li>`,
            )}
          </ul>
        </section>`
      }
      <ul class="rows">
        ${me.friends.map(
          ({ wxid, remark }) =>
            html`<li key=${wxid}>
              <button type="button" onClick=${() => onOpen({ kind: 'person', id: wxid })}>
                <${Avatar} rawId=${wxid} size=${36} />
                <span class="two-lines">
                  <strong>${remark || names.get(wxid)}</strong>
                  ${remark && html`<span class="muted">昵称：${names.get(wxid)}</span>`}
                </span>
              </button>
            </li>`,
        )}
      </ul>
    </div>`
}

function AskForm({ me, names, run }) {
  const strangers = [...names].filter(
    ([wxid]) => wxid !== me.wxid && !me.friends.some((friend) => friend.wxid === wxid),
  )
  const [chosen, setChosen] = useState('')
  const [greeting, setGreeting] = useState('')
  const from = strangers.some(([wxid]) => wxid === chosen) ? chosen : strangers[0]?.[0]
  if (!from) return null
  const ask = (event) => {
    event.preventDefault()
    run(async () => {
      await api(`/accounts/${encodeURIComponent(me.wxid)}/friend-requests`, {
        from,
        greeting: greeting || `我是${names.get(from)}`,
      })
      setGreeting('')
    })
  }
  return html`<form class="card" onSubmit=${ask}>
    <h3><${Label} zh=${`请求添加「${me.nickname}」为朋友`} en="Friend request" /></h3>
    <${PersonSelect} label="谁 From" value=${from} options=${strangers} onChange=${setChosen} />
    <label class="field">
      <span>验证信息 Greeting</span>
      <input
        value=${greeting}
        maxlength="500"
        placeholder=${`我是${names.get(from)}`}
        onInput=${(event) => setGreeting(event.currentTarget.value)}
      />
    </label>
    <button class="primary" type="submit">发送请求 <small lang="en">Send</small></button>
  </form>`
}
