import { html } from './preact.js'

import { Presence } from './accounts.js'
import { api } from './api.js'
import { GatewayCard } from './gateway-codes.js'
import { IlinkCard } from './ilink-chat.js'
import { Avatar, Label, shortTime } from './parts.js'

/** The account itself and its web login, which can be ended here. */
export function Me({ ilink, gateway, me, run }) {
  const kick = (how) => run(() => api(`/accounts/${encodeURIComponent(me.wxid)}/kick`, { how }))
  return html`<header class="bar"><h2>我</h2></header>
    <div class="scroll settings">
      <div class="card profile">
        <${Avatar} rawId=${me.wxid} size=${56} />
        <span class="two-lines">
          <strong>${me.nickname}</strong>
          <span class="muted">微信号：${me.alias || me.wxid}</span>
        </span>
      </div>
      <section class="card" aria-label="网页登录">
        <h3><${Label} zh="网页登录" en="Web login" /></h3>
        <p>
          <${Presence} account=${me} />
          ${me.login && html`<span class="muted since">自 ${shortTime(me.login.sinceMs)}</span>`}
        </p>
        ${me.webLogin === 'refused' && html`<p class="muted">这个账号的网页登录会被拒绝（1203），用来练习这种情况。</p>`}
        ${
          me.online
            ? html`<div class="actions">
                <button class="danger" type="button" onClick=${() => kick('phone')}>
                  手机上退出 <small lang="en">Log out on the phone · 1100</small>
                </button>
                <button class="danger" type="button" onClick=${() => kick('elsewhere')}>
                  在别处登录 <small lang="en">Logged in elsewhere · 1101</small>
                </button>
              </div>`
            : html`<p class="muted">没有机器人用这个账号登录。</p>`
        }
      </section>
      <${IlinkCard} ...${{ ilink, me, run }} />
      <${GatewayCard} ...${{ gateway, me, run }} />
    </div>`
}
