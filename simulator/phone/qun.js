import { html, render, useState } from './preact.js'

import { api } from './api.js'
import { PersonSelect } from './parts.js'
import { useResponse, useWorld } from './use-world.js'

/** A stranger's phone after a scan of an official QR code, and next to it the employee who makes customer groups. */
function App() {
  const { world, isLive } = useWorld()
  const shown = useResponse('/wecom/groups', world?.revision)
  const [wxid, setWxid] = useState(null)
  const [name, setName] = useState('')
  const [failure, setFailure] = useState('')
  if (!world || !shown) return html`<p class="empty">${isLive ? '正在打开…' : '连不上模拟器，它还在运行吗？'}</p>`

  const run = async (act) => {
    try {
      await act()
      setFailure('')
    } catch (error) {
      setFailure(error.message)
    }
  }
  const { groups, joinWays } = shown
  const people = world.people.length > 0 ? world.people : world.accounts
  const me = people.find((person) => person.wxid === wxid) ?? people[0]
  const config = new URLSearchParams(location.search).get('join')
  const way = joinWays.find(({ configId }) => configId === config)
  const group = way && groups.find(({ chatId }) => chatId === way.chatId)
  const isIn = group?.members.some(({ type, name: nickname }) => type === 2 && nickname === me.nickname)
  const act = (path) => run(() => api(path, { wxid: me.wxid }))

  return html`<div class="layout">
    <main class="phone" aria-label=${`${me.nickname} 的手机`}>
      ${failure && html`<p class="failure" role="alert">${failure}</p>`}
      <div class="screen">
        <header class="bar"><h2>${group ? group.name : '扫一扫'}</h2></header>
        ${
          group
            ? html`<div class="join">
                <p class="muted" role="status">
                  ${isIn ? `你在群里 · ${group.members.length} 人` : `群里有 ${group.members.length} 人`}
                </p>
                ${
                  isIn
                    ? html`<button
                        class="plain"
                        type="button"
                        onClick=${() => act(`/wecom/groups/${group.chatId}/leave`)}
                      >
                        退出群聊 <small lang="en">Leave</small>
                      </button>`
                    : html`<button
                        class="primary"
                        type="button"
                        onClick=${() => act(`/wecom/groups/ways/${config}/scan`)}
                      >
                        加入群聊 <small lang="en">Join</small>
                      </button>`
                }
              </div>`
            : html`<div class="join"><p class="muted">用群的官方二维码打开这个页面，就可以入群。</p></div>`
        }
      </div>
    </main>
    <aside>
      <section class="panel card">
        <h2>谁来扫码 <small lang="en">Customer</small></h2>
        <${PersonSelect}
          label="顾客 Customer"
          value=${me.wxid}
          options=${people.map((person) => [person.wxid, person.nickname])}
          onChange=${setWxid}
        />
      </section>
      <section class="panel card">
        <h2>企业员工 <small lang="en">Employee</small></h2>
        <form
          onSubmit=${(event) => {
            event.preventDefault()
            void run(async () => {
              await api('/wecom/groups', { name })
              setName('')
            })
          }}
        >
          <label class="field">
            <span>群名 Group name</span>
            <input value=${name} maxlength="40" onInput=${(event) => setName(event.target.value)} />
          </label>
          <button class="primary" type="submit" disabled=${name.trim() === ''}>
            建一个客户群 <small lang="en">Make a group</small>
          </button>
        </form>
        <ul>
          ${groups.map(
            ({ chatId, name: title, members }) =>
              html`<li key=${chatId}>
                ${title} · ${members.length} 人
                <button
                  type="button"
                  class="quiet"
                  onClick=${() => run(() => api(`/wecom/groups/${chatId}/dismiss`, {}))}
                >
                  解散
                </button>
              </li>`,
          )}
        </ul>
      </section>
    </aside>
  </div>`
}

render(html`<${App} />`, document.getElementById('app'))
