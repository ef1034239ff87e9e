import { html, useState } from './preact.js'

import { api } from './api.js'

const states = ['新会话', '机器人接待', '待接入池', '人工接待', '已结束']
const skipMs = 48 * 60 * 60_000

/** The employee who answers in WeCom: takes a conversation over, writes in it and ends it. */
export function KfEmployee({ path, conversation, run }) {
  const [text, setText] = useState('')
  const act = (name, body = {}) => run(() => api(`${path}/${name}`, body))
  const isTaken = conversation?.state === 3
  return html`<section class="panel card">
    <h2>员工的企业微信 <small lang="en">Employee</small></h2>
    <p class="muted" role="status">会话状态：${states[conversation?.state ?? 0]}</p>
    ${
      isTaken &&
      html`<form
        class="composer"
        onSubmit=${(event) => {
          event.preventDefault()
          if (text.trim()) act('reply', { text }).then(() => setText(''))
        }}
      >
        <div class="say">
          <textarea
            aria-label="员工的回复 Employee's reply"
            rows="1"
            value=${text}
            onInput=${(event) => setText(event.currentTarget.value)}
          ></textarea>
          <button class="primary" type="submit">回复 <small lang="en">Reply</small></button>
        </div>
      </form>`
    }
    <div class="actions">
      ${
        isTaken
          ? html`<button class="plain" type="button" onClick=${() => act('end')}>
              结束会话 <small lang="en">End</small>
            </button>`
          : html`<button class="plain" type="button" onClick=${() => act('take-over')}>
              接待 <small lang="en">Take over</small>
            </button>`
      }
      <button class="plain" type="button" onClick=${() => act('enter')}>
        顾客重新进入会话 <small lang="en">Enter the chat</small>
      </button>
      <button class="danger" type="button" onClick=${() => run(() => api('/wecom/clock', { aheadMs: skipMs }))}>
        快进 48 小时，回复窗口关闭 <small lang="en">Close the reply window</small>
      </button>
    </div>
  </section>`
}
