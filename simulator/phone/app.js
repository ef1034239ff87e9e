import { html, render, useState } from './preact.js'

import { Accounts } from './accounts.js'
import { Chat } from './chat.js'
import { ChatList } from './chat-list.js'
import { CodeCards, ConfirmSheet } from './code-cards.js'
import { Contacts } from './contacts.js'
import { Me } from './me.js'
import { useWorld } from './use-world.js'

const tabs = [
  ['chats', '微信', 'Chats'],
  ['contacts', '通讯录', 'Contacts'],
  ['me', '我', 'Me'],
]

function App() {
  const { world, isLive } = useWorld()
  const query = new URLSearchParams(location.search)
  const [picked, setPicked] = useState(query.get('account'))
  const [tab, setTab] = useState('chats')
  const [chat, setChat] = useState(null)
  const [failure, setFailure] = useState('')
  if (!world) return html`<p class="empty">${isLive ? '正在打开…' : '连不上模拟器，它还在运行吗？'}</p>`

  const me = world.accounts.find((account) => account.wxid === picked) ?? world.accounts[0]
  const names = new Map([...world.people, ...world.accounts].map((person) => [person.wxid, person.nickname]))
  const run = async (act) => {
    try {
      await act()
      setFailure('')
    } catch (error) {
      setFailure(error.message)
    }
  }
  const pick = (wxid) => {
    setPicked(wxid)
    setChat(null)
    query.set('account', wxid)
    history.replaceState(null, '', `?${query}`)
  }
  const open = (next) => {
    setChat(next)
    setTab('chats')
  }
  const scanned = world.codes.find((code) => code.state === 'scanned' && code.wxid === me.wxid)
  const common = { world, me, names, run, onOpen: open, onTab: setTab }

  return html`<div class="layout">
    <aside>
      <${CodeCards} codes=${world.codes} chosen=${query.get('code')} ...${{ me, run }} />
      <${Accounts} accounts=${world.accounts} me=${me} onPick=${pick} />
    </aside>
    <main
      class="phone"
      aria-label=${`${me.nickname} 的手机`}
      onKeyDown=${(event) => event.key === 'Escape' && setChat(null)}
    >
      ${!isLive && html`<p class="offline" role="status">连接断开，正在重连…</p>`}
      ${
        failure &&
        html`<p class="failure" role="alert">
          ${failure} <button type="button" class="quiet" onClick=${() => setFailure('')}>知道了</button>
        </p>`
      }
      ${scanned && html`<${ConfirmSheet} code=${scanned} ...${{ me, run }} />`}
      <div class="screen" inert=${Boolean(scanned)}>
        ${
          tab === 'chats' && chat
            ? html`<${Chat} key=${`${me.wxid} ${chat.id}`} ...${common} chat=${chat} onBack=${() => setChat(null)} />`
            : html`<${screens[tab]} key=${`${me.wxid} ${tab}`} ...${common} />`
        }
      </div>
      <nav class="tabs" aria-label="手机" inert=${Boolean(scanned)}>
        ${tabs.map(
          ([id, zh, en]) =>
            html`<button
              key=${id}
              type="button"
              aria-current=${tab === id ? 'page' : undefined}
              onClick=${() => {
                setTab(id)
                setChat(null)
              }}
            >
              ${zh}<small lang="en">${en}</small>
            </button>`,
        )}
      </nav>
    </main>
  </div>`
}

const screens = { chats: ChatList, contacts: Contacts, me: Me }

render(html`<${App} />`, document.getElementById('app'))
