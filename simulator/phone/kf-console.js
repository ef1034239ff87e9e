import { html, useState } from './preact.js'

import { api } from './api.js'

/** The company's console: its credentials, the callback settings, and what may go wrong. */
export function KfConsole({ wecom, run }) {
  const [form, setForm] = useState({ url: '', token: '', aesKey: '' })
  const field = (name, label) =>
    html`<label class="field">
      <span>${label}</span>
      <input value=${form[name]} onInput=${(event) => setForm({ ...form, [name]: event.currentTarget.value.trim() })} />
    </label>`
  const setting = (body) => run(() => api('/wecom/settings', body))
  return html`<section class="panel card">
    <h2>企业管理后台 <small lang="en">Console</small></h2>
    <dl class="facts">
      <dt>企业 ID corpid</dt>
      <dd><code>${wecom.corpId}</code></dd>
      <dt>应用 Secret</dt>
      <dd><code>${wecom.secret}</code></dd>
      <dt>回调 Callback</dt>
      <dd>${wecom.callback ? html`<code>${wecom.callback.url}</code>` : '还没有设置'}</dd>
    </dl>
    <form
      onSubmit=${(event) => {
        event.preventDefault()
        run(() => api('/wecom/callback', form))
      }}
    >
      ${field('url', '接收消息 URL')} ${field('token', 'Token')} ${field('aesKey', 'EncodingAESKey')}
      <button class="primary" type="submit">保存并验证 <small lang="en">Save and verify</small></button>
    </form>
    <div class="actions">
      <button class="danger" type="button" onClick=${() => run(() => api('/wecom/tokens/expire', {}))}>
        让 access_token 过期 <small lang="en">Expire tokens</small>
      </button>
      <button class="danger" type="button" onClick=${() => setting({ isIpRefused: true })}>
        移出企业可信 IP <small lang="en">Refuse the address · 60020</small>
      </button>
      <button class="plain" type="button" onClick=${() => setting({ isIpRefused: false })}>
        加回企业可信 IP <small lang="en">Trust the address</small>
      </button>
      <button class="danger" type="button" onClick=${() => setting({ failNextSends: { count: 1, failType: 10 } })}>
        下一条发送失败 <small lang="en">Fail the next send</small>
      </button>
      <button
        class="danger"
        type="button"
        onClick=${() => setting({ callbackFaults: { lossRate: 0.5, repeats: 1, maxDelayMs: 2000 } })}
      >
        回调丢一半、重复、乱序 <small lang="en">Lose, repeat and reorder callbacks</small>
      </button>
      <button class="plain" type="button" onClick=${() => setting({ callbackFaults: {} })}>
        回调恢复正常 <small lang="en">Normal callbacks</small>
      </button>
    </div>
  </section>`
}
