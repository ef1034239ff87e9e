import { html, useEffect, useRef } from './preact.js'

import { api } from './api.js'
import { GatewayCodeCard, isGatewayCodeOpen } from './gateway-codes.js'
import { IlinkCodeCard, isIlinkCodeOpen } from './ilink-codes.js'
import { Computer, Label, TimeLeft } from './parts.js'
import { useNow } from './use-world.js'

const words = {
  waiting: '等待扫码',
  scanned: '已扫码，请在手机上确认',
  confirmed: '已确认，正在登录',
  used: '已登录',
  refused: '已取消',
  expired: '已过期，请刷新登录页',
}

/** Pending login codes. The code named in the address comes first and stays after its login has ended. */
export function CodeCards({ codes, ilinkCodes, gatewayCodes, chosen, me, run }) {
  const now = useNow()
  const isOpen = (code) => (code.state === 'waiting' || code.state === 'scanned') && code.expiresAtMs > now
  const shown = codes
    .filter((code) => isOpen(code) || code.uuid === chosen)
    .sort((a, b) => (b.uuid === chosen) - (a.uuid === chosen) || b.createdAtMs - a.createdAtMs)
  const ilinkShown = ilinkCodes
    .filter((code) => isIlinkCodeOpen(code, now) || code.qrcode === chosen)
    .sort((a, b) => (b.qrcode === chosen) - (a.qrcode === chosen) || b.expiresAtMs - a.expiresAtMs)
  const gatewayShown = gatewayCodes
    .filter((code) => isGatewayCodeOpen(code, now) || code.uuid === chosen)
    .sort((a, b) => (b.uuid === chosen) - (a.uuid === chosen) || b.expiresAtMs - a.expiresAtMs)
  return html`<section class="panel" aria-labelledby="codes-title">
    <h2 id="codes-title"><${Label} zh="登录码" en="Login codes" /></h2>
    ${
      shown.length + ilinkShown.length + gatewayShown.length === 0 &&
      html`<p class="empty">没有等待扫码的登录码。让机器人登录，它的二维码就会出现在这里，点一下就是「扫一扫」。</p>`
    }
    <ul class="codes">
      ${gatewayShown.map(
        (code) =>
          html`<${GatewayCodeCard} key=${code.uuid} ...${{ code, now, me, run, isChosen: code.uuid === chosen }} />`,
      )}
      ${ilinkShown.map(
        (code) =>
          html`<${IlinkCodeCard} key=${code.qrcode} ...${{ code, now, me, run, isChosen: code.qrcode === chosen }} />`,
      )}
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
  const scan = () => run(() => api(`/codes/${encodeURIComponent(code.uuid)}/scan`, { wxid: me.wxid }))
  return html`<li class=${isChosen ? 'code chosen' : 'code'} ref=${card} data-uuid=${code.uuid} data-state=${state}>
    <img src=${code.qrUrl} alt="登录二维码" width="88" height="88" class=${isOpen ? '' : 'over'} />
    <div>
      <p class="state" role="status"><span class=${`dot ${state}`}></span>${words[state]}</p>
      ${isOpen && html`<${TimeLeft} expiresAtMs=${code.expiresAtMs} now=${now} />`}
      ${
        state === 'waiting' &&
        html`<button class="primary" type="button" onClick=${scan}>
          用「${me.nickname}」扫一扫 <small lang="en">Scan</small>
        </button>`
      }
    </div>
  </li>`
}

/** The prompt after a scan: confirm or refuse the web login. */
export function ConfirmSheet({ code, me, run }) {
  const button = useRef(null)
  useEffect(() => button.current?.focus(), [code.uuid])
  const submit = (how) => run(() => api(`/codes/${encodeURIComponent(code.uuid)}/${how}`, {}))
  return html`<div class="sheet" role="dialog" aria-modal="true" aria-label="网页微信登录确认">
    <${Computer} size=${64} />
    <h2>网页微信登录确认</h2>
    <p class="muted">${me.nickname} 将在网页上登录 <small lang="en">Log in on the web?</small></p>
    <button class="primary" type="button" ref=${button} onClick=${() => submit('confirm')}>
      登录 <small lang="en">Confirm</small>
    </button>
    <button class="plain" type="button" onClick=${() => submit('refuse')}>
      取消登录 <small lang="en">Refuse</small>
    </button>
  </div>`
}
