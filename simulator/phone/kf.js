import { html, render, useState } from './preact.js'

import { api } from './api.js'
import { Messages } from './chat.js'
import { MessageForm } from './composer.js'
import { KfEmployee } from './kf-employee.js'
import { KfConsole } from './kf-console.js'
import { PersonSelect } from './parts.js'
import { useResponse, useNow, useWorld } from './use-world.js'

const windowMs = 48 * 60 * 60_000
const maxSentPerInbound = 5

/** A stranger's phone in a 客服 chat, and next to it the employee and the company's console. */
function App() {
  const { world, isLive } = useWorld()
  const now = useNow()
  const wecom = useResponse('/wecom/state', world?.revision)
  const query = new URLSearchParams(location.search)
  const [picked, setPicked] = useState({ account: query.get('account'), wxid: query.get('person') })
  const [failure, setFailure] = useState('')
  if (!world || !wecom) return html`<p class="empty">${isLive ? '正在打开…' : '连不上模拟器，它还在运行吗？'}</p>`

  const run = async (act) => {
    try {
      await act()
      setFailure('')
    } catch (error) {
      setFailure(error.message)
    }
  }
  const account = wecom.accounts.find(({ openKfId }) => openKfId === picked.account) ?? wecom.accounts[0]
  const strangers = world.people.length > 0 ? world.people : world.accounts
  const me = strangers.find(({ wxid }) => wxid === picked.wxid) ?? strangers[0]
  const path = `/wecom/accounts/${encodeURIComponent(account.openKfId)}/people/${encodeURIComponent(me.wxid)}`
  const conversation = wecom.conversations.find(
    ({ openKfId, wxid }) => openKfId === account.openKfId && wxid === me.wxid,
  )
  const pick = (next) => setPicked({ ...picked, ...next })
  const nowMs = now + wecom.clockOffsetMs

  return html`<div class="layout">
    <main class="phone" aria-label=${`${me.nickname} 的手机`}>
      ${!isLive && html`<p class="offline" role="status">连接断开，正在重连…</p>`}
      ${
        failure &&
        html`<p class="failure" role="alert">
          ${failure} <button type="button" class="quiet" onClick=${() => setFailure('')}>知道了</button>
        </p>`
      }
      <div class="screen">
        <header class="bar"><h2>${account.name}</h2></header>
        <p class="strip muted" role="status">${windowText(conversation, nowMs)}</p>
        <${StrangerChat} key=${path} ...${{ path, me, account, run }} revision=${world.revision} />
      </div>
    </main>
    <aside>
      <section class="panel card">
        <h2>谁来问 <small lang="en">Customer</small></h2>
        <${PersonSelect}
          label="顾客 Customer"
          value=${me.wxid}
          options=${strangers.map(({ wxid, nickname }) => [wxid, nickname])}
          onChange=${(wxid) => pick({ wxid })}
        />
        <${PersonSelect}
          label="客服账号 Account"
          value=${account.openKfId}
          options=${wecom.accounts.map(({ openKfId, name }) => [openKfId, name])}
          onChange=${(openKfId) => pick({ account: openKfId })}
        />
      </section>
      <${KfEmployee} ...${{ path, conversation, run }} />
      <${KfConsole} ...${{ wecom, run }} />
    </aside>
  </div>`
}

function StrangerChat({ path, me, account, run, revision }) {
  const stored = useResponse(`${path}/messages`, revision)?.messages ?? []
  const messages = stored.map(({ id, from, text, mediaUrl, fileName, atMs }) => ({
    id,
    type: fileName ? 'file' : mediaUrl ? 'image' : 'text',
    from: from === 'customer' ? me.wxid : account.openKfId,
    fromName: from === 'customer' ? me.nickname : from === 'employee' ? '人工客服' : account.name,
    text: fileName ?? text,
    mediaUrl,
    atMs,
  }))
  const write = (message) => api(`${path}/messages`, message)
  return html`<${Messages} ...${{ messages, me, run }} />
    <${MessageForm}
      run=${run}
      onText=${(text) => write({ type: 'text', text })}
      onPicture=${(bytesBase64) => write({ type: 'image', bytesBase64 })}
    />`
}

function windowText(conversation, nowMs) {
  if (!conversation?.lastInboundAtMs) return '你先发一条，客服才能回复'
  if (conversation.state === 3) return '人工客服正在接待'
  if (nowMs - conversation.lastInboundAtMs >= windowMs) return '超过 48 小时，再发一条客服才能回复'
  return `客服还能回复 ${Math.max(0, maxSentPerInbound - conversation.sentSinceInbound)} 条`
}

render(html`<${App} />`, document.getElementById('app'))
