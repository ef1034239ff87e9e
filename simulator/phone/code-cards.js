import { html, useEffect, useRef } from './preact.js'

import { api } from './api.js'
import { Computer, Label } from './parts.js'
import { useNow } from './use-world.js'

const words = {
  waiting: '等待扫码',
  scanned: '已扫码，请在手机上确认',
  confirmed: '已确认，正在登录',
  used: '已登录',
  refused: '已取消',
  expired: '已过期，请刷新登录页',
}

/** The login codes that wait for a phone; the one named in the address comes first and stays when it is over. */
export function CodeCards({ codes, chosen, me, run }) {
  const now = useNow()
  const isOpen = (code) => (code.state === 'waiting' || code.state === 'scanned') && code.expiresAtMs > now
  const shown = codes
    .filter((code) => isOpen(code) || code.uuid === chosen)
    .sort((a, b) => (b.uuid === chosen) - (a.uuid === chosen) || b.createdAtMs - a.createdAtMs)
  return html`<section class="panel" aria-labelledby="codes-title">
    <h2 id="codes-title"><${Label} zh="登录码" en="Login codes" /></h2>
    ${
      shown.length === 0 &&
      html`<p class="empty">没有等待扫码的登录码。让机器人登录，它的二维码就会出现在这里，点一下就是「扫一扫」。</p>`
    }
    <ul class="codes">
      ${shown.map((code) => {
        const isChosen = code.uuid === chosen
        return html`<${CodeCard} key=${code.uuid} ...${{ code, now, me, run, isChosen }} isOpen=${isOpen(code)} />`
      })}
    </ul>
  </section>`
}

function CodeCard({ code, now, me, run, isChosen, isOpen }) {
  const card = useRef(null)
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const state = isOpen || code.state !== 'waiting' ? code.state : 'expired'
  const seconds = Math.max(0, Math.round((code.expiresAtMs - now) / 1000))
  const scan = () => run(() => api(`/codes/${encodeURIComponent(code.uuid)}/scan`, { wxid: me.wxid }))
  return html`<li class=${isChosen ? 'code chosen' : 'code'} ref=${card} data-uuid=${code.uuid} data-state=${state}>
    <img src=${code.qrUrl} alt="登录二维码" width="88" height="88" class=${isOpen ? '' : 'over'} />
    <div>
      <p class="state" role="status"><span class=${`dot ${state}`}></span>${words[state]}</p>
      ${isOpen && html`<p class="muted">还有 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}</p>`}
      ${
        state === 'waiting' &&
        html`<button class="primary" type="button" onClick=${scan}>
          用「${me.nickname}」扫一扫 <small lang="en">Scan</small>
        </button>`
      }
    </div>
  </li>`
}

/** What the phone asks after a scan: log in on the web, or not. */
export function ConfirmSheet({ code, me, run }) {
  const button = useRef(null)
  useEffect(() => button.current?.focus(), [code.uuid])
  const answer = (how) => run(() => api(`/codes/${encodeURIComponent(code.uuid)}/${how}`, {}))
  return html`<div class="sheet" role="dialog" aria-modal="true" aria-label="网页微信登录确认">
    <${Computer} size=${64} />
    <h2>网页微信登录确认</h2>
    <p class="muted">${me.nickname} 将在网页上登录 <small lang="en">Log in on the web?</small></p>
    <button class="primary" type="button" ref=${button} onClick=${() => answer('confirm')}>
      登录 <small lang="en">Confirm</small>
    </button>
    <button class="plain" type="button" onClick=${() => answer('refuse')}>
      取消登录 <small lang="en">Refuse</small>
    </button>
  </div>`
}
