import { html, useEffect, useRef, useState } from './preact.js'

import { api } from './api.js'
import { Label, NumberField, TimeLeft } from './parts.js'

const words = {
  waiting: '等待扫码',
  scanned: '已扫码，请在手机上确认',
  confirmed: '已登录',
  cancelled: '已取消',
  expired: '已过期，请刷新登录页',
}
const openStates = ['waiting', 'scanned']

export const isGatewayCodeOpen = (code, now) => openStates.includes(code.state) && code.expiresAtMs > now

const call = (code, action, body = {}) => api(`/gateway/codes/${encodeURIComponent(code.uuid)}/${action}`, body)

/** A gateway's login code. A number and a check chosen before the scan are then required by the login. */
export function GatewayCodeCard({ code, now, me, run, isChosen }) {
  const card = useRef(null)
  const [number, setNumber] = useState('')
  const [check, setCheck] = useState(false)
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const isOpen = isGatewayCodeOpen(code, now)
  const state = isOpen || !openStates.includes(code.state) ? code.state : 'expired'
  const scan = (event) => {
    event.preventDefault()
    run(() => call(code, 'scan', { wxid: me.wxid, check, number: number || null }))
  }
  return html`<li class=${isChosen ? 'code chosen' : 'code'} ref=${card} data-uuid=${code.uuid} data-state=${state}>
    <img src=${code.qrUrl} alt="网关登录二维码" width="88" height="88" class=${isOpen ? '' : 'over'} />
    <div class="grow">
      <p class="state" role="status">
        <span class=${`dot ${state}`}></span>${words[state]}<span class="via">网关 Gateway</span>
      </p>
      ${isOpen && html`<${TimeLeft} expiresAtMs=${code.expiresAtMs} now=${now} />`}
      ${
        state === 'waiting' &&
        html`<form onSubmit=${scan}>
          <${NumberField}
            name="验证码 Number"
            title="手机上显示的验证码，1 到 8 位"
            value=${number}
            onChange=${setNumber}
          />
          <label class="tick">
            <input type="checkbox" checked=${check} onChange=${(event) => setCheck(event.currentTarget.checked)} />
            需要人脸验证 <small lang="en">Face check</small>
          </label>
          <button class="primary" type="submit">用「${me.nickname}」扫一扫 <small lang="en">Scan</small></button>
        </form>`
      }
      ${
        isOpen &&
        html`<button class="quiet" type="button" onClick=${() => run(() => call(code, 'expire'))}>
          让它过期 <small lang="en">Expire</small>
        </button>`
      }
    </div>
  </li>`
}

/** The phone's view after the scan: the number, then the check, then the confirmation. */
export function GatewayConfirmSheet({ code, me, run }) {
  const button = useRef(null)
  const step = code.number !== null ? 'number' : code.isCheckOpen ? 'check' : 'confirm'
  useEffect(() => button.current?.focus(), [code.uuid, step])
  return html`<div class="sheet" role="dialog" aria-modal="true" aria-label="平板登录确认">
    <h2>
      ${{ number: '请在登录页输入这个验证码', check: '请用手机扫描登录页上的验证码', confirm: '平板登录确认' }[step]}
    </h2>
    ${
      step === 'number' &&
      html`<p class="number" role="status">${code.number}</p>
        <p class="muted">输入正确后继续 <small lang="en">Enter this number on the login page</small></p>`
    }
    ${
      step === 'check' &&
      html`<p class="muted">登录页换成了另一个二维码 <small lang="en">The login page shows a check to scan</small></p>
        <button class="primary" type="button" ref=${button} onClick=${() => run(() => call(code, 'pass'))}>
          <${Label} zh="扫码并通过验证" en="Scan and pass" />
        </button>`
    }
    ${
      step === 'confirm' &&
      html`<p class="muted">${me.nickname} 将在第三方网关上登录 <small lang="en">Log in at the gateway?</small></p>
        <button class="primary" type="button" ref=${button} onClick=${() => run(() => call(code, 'confirm'))}>
          <${Label} zh="登录" en="Confirm" />
        </button>`
    }
    <button
      class="plain"
      type="button"
      ref=${step === 'number' ? button : undefined}
      onClick=${() => run(() => call(code, 'cancel'))}
    >
      <${Label} zh="取消登录" en="Refuse" />
    </button>
  </div>`
}

/** The account's session at the gateway, which can be ended here. */
export function GatewayCard({ gateway, me, run }) {
  const device = gateway?.devices.find((known) => known.wxid === me.wxid && known.isOnline)
  const drop = (body) => run(() => api(`/gateway/accounts/${encodeURIComponent(me.wxid)}/drop`, body))
  return html`<section class="card" aria-label="网关登录">
    <h3><${Label} zh="网关登录" en="Gateway" /></h3>
    ${
      device
        ? html`<p class="muted">设备 ${device.appId}</p>
            <div class="actions">
              <button class="danger" type="button" onClick=${() => drop({ canReconnect: true })}>
                掉线，可以重连 <small lang="en">Drop, may reconnect</small>
              </button>
              <button class="danger" type="button" onClick=${() => drop({})}>
                手机上退出 <small lang="en">Log out on the phone</small>
              </button>
            </div>`
        : html`<p class="muted">没有机器人通过网关用这个账号登录。</p>`
    }
  </section>`
}
