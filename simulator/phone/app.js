import { html, render, useState } from './preact.js'

import { Accounts } from './accounts.js'
import { Chat } from './chat.js'
import { ChatList } from './chat-list.js'
import { CodeCards, ConfirmSheet } from './code-cards.js'
import { Contacts } from './contacts.js'
import { GatewayConfirmSheet } from './gateway-codes.js'
import { IlinkChat } from './ilink-chat.js'
import { IlinkConfirmSheet } from './ilink-codes.js'
import { Me } from './me.js'
import { useResponse, useWorld } from './use-world.js'

const tabs = [
  ['chats', '微信', 'Chats'],
  ['contacts', '通讯录', 'Contacts'],
  ['me', '我', 'Me'],
]

function App() {
  const { world, isLive } = useWorld()
  const ilink = useResponse('/ilink/state', world?.revision)
  const gateway = useResponse('/gateway/state', world?.revision)
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
  const scannedIlink = ilink?.codes.find(
    (code) => (code.state === 'need_verifycode' || code.state === 'scaned') && code.wxid === me.wxid,
  )
  const scannedGateway = gateway?.codes.find((code) => code.state === 'scanned' && code.wxid === me.wxid)
  const isAsked = Boolean(scanned || scannedIlink || scannedGateway)
  const common = { world, ilink, gateway, me, names, run, onOpen: open, onTab: setTab }
  const chatScreen = chat?.kind === 'ilink' ? IlinkChat : Chat

  return html`<div class="layout">
    <aside>
      <${CodeCards}
        codes=${world.codes}
        ilinkCodes=${ilink?.codes ?? []}
        gatewayCodes=${gateway?.codes ?? []}
        chosen=${query.get('code')}
        ...${{ me, run }}
      />
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
      ${!scanned && scannedIlink && html`<${IlinkConfirmSheet} code=${scannedIlink} ...${{ me, run }} />`}
      ${
        !scanned &&
        !scannedIlink &&
        scannedGateway &&
        html`<${GatewayConfirmSheet} code=${scannedGateway} ...${{ me, run }} />`
      }
      <div class="screen" inert=${isAsked}>
        ${
          tab === 'chats' && chat
            ? html`<${chatScreen}
                key=${`${me.wxid} ${chat.id}`}
                ...${common}
                chat=${chat}
                onBack=${() => setChat(null)}
              />`
            : html`<${screens[tab]} key=${`${me.wxid} ${tab}`} ...${common} />`
        }
      </div>
      <nav class="tabs" aria-label="手机" inert=${isAsked}>
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
