import { html, useEffect, useRef, useState } from './preact.js'

import { api } from './api.js'
import { Label, NumberField, TimeLeft } from './parts.js'

const words = {
  wait: '等待扫码',
  need_verifycode: '已扫码，等待输入数字',
  verify_code_blocked: '数字输错太多次，请刷新登录页',
  scaned: '已扫码，请在手机上确认',
  confirmed: '已登录',
  expired: '已过期，请刷新登录页',
}
const openStates = ['wait', 'need_verifycode', 'scaned']

export const isIlinkCodeOpen = (code, now) => openStates.includes(code.state) && code.expiresAtMs > now

const call = (code, action, body = {}) => api(`/ilink/codes/${encodeURIComponent(code.qrcode)}/${action}`, body)

/** An iLink login code. The phone shows a number typed before the scan, and the login page then requests it. */
export function IlinkCodeCard({ code, now, me, run, isChosen }) {
  const card = useRef(null)
  const [number, setNumber] = useState('')
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const isOpen = isIlinkCodeOpen(code, now)
  const state = isOpen || !openStates.includes(code.state) ? code.state : 'expired'
  const scan = (event) => {
    event.preventDefault()
    run(() => call(code, 'scan', { wxid: me.wxid, ...(number ? { number } : {}) }))
  }
  return html`<li class=${isChosen ? 'code chosen' : 'code'} ref=${card} data-qrcode=${code.qrcode} data-state=${state}>
    <img src=${code.qrUrl} alt="iLink 登录二维码" width="88" height="88" class=${isOpen ? '' : 'over'} />
    <div class="grow">
      <p class="state" role="status">
        <span class=${`dot ${state}`}></span>${words[state]}<span class="via">iLink</span>
      </p>
      ${isOpen && html`<${TimeLeft} expiresAtMs=${code.expiresAtMs} now=${now} />`}
      ${
        state === 'wait' &&
        html`<form onSubmit=${scan}>
          <${NumberField}
            name="数字 Number"
            title="手机上显示的数字，1 到 8 位"
            value=${number}
            onChange=${setNumber}
          />
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

/** The phone's view after the scan of an iLink code: the number that the login page requests, then the confirmation. */
export function IlinkConfirmSheet({ code, me, run }) {
  const button = useRef(null)
  const needsNumber = code.state === 'need_verifycode'
  useEffect(() => button.current?.focus(), [code.qrcode, needsNumber])
  return html`<div class="sheet" role="dialog" aria-modal="true" aria-label="连接机器人确认">
    <h2>${needsNumber ? '请在登录页输入这个数字' : '连接机器人确认'}</h2>
    ${
      needsNumber
        ? html`<p class="number" role="status">${code.number}</p>
            <p class="muted">
              ${code.wrongNumbers > 0 ? `输错了 ${code.wrongNumbers} 次 ` : '输入正确后就可以确认 '}
              <small lang="en">Enter this number on the login page</small>
            </p>`
        : html`<p class="muted">
              ${me.nickname} 将连接一个机器人，只和自己私聊 <small lang="en">Connect a robot?</small>
            </p>
            <button class="primary" type="button" ref=${button} onClick=${() => run(() => call(code, 'confirm'))}>
              <${Label} zh="连接" en="Confirm" />
            </button>`
    }
    <button
      class="plain"
      type="button"
      ref=${needsNumber ? button : undefined}
      onClick=${() => run(() => call(code, 'expire'))}
    >
      <${Label} zh="让登录码过期" en="Expire" />
    </button>
  </div>`
}
