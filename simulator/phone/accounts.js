import { html } from './preact.js'

import { Avatar, Label } from './parts.js'

/** Selects the account whose phone the page shows. */
export function Accounts({ accounts, me, onPick }) {
  return html`<section class="panel" aria-labelledby="accounts-title">
    <h2 id="accounts-title"><${Label} zh="这是谁的手机" en="Whose phone" /></h2>
    <ul class="accounts">
      ${accounts.map(
        (account) =>
          html`<li key=${account.wxid}>
            <button type="button" aria-pressed=${account.wxid === me.wxid} onClick=${() => onPick(account.wxid)}>
              <${Avatar} rawId=${account.wxid} />
              <span class="two-lines">
                <strong>${account.nickname}</strong>
                <span class="muted">${account.alias || account.wxid}</span>
              </span>
              <${Presence} account=${account} />
            </button>
          </li>`,
      )}
    </ul>
  </section>`
}

export function Presence({ account }) {
  if (account.webLogin === 'refused')
    return html`<span class="presence"><span class="dot refused"></span>1203 被拒</span>`
  return account.online
    ? html`<span class="presence"><span class="dot online"></span>网页在线</span>`
    : html`<span class="presence"><span class="dot"></span>未登录</span>`
}
