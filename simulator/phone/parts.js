import { html } from '/phone/preact.js'

/** Chinese first, the English word small beside it. */
export function Label({ zh, en }) {
  return html`${zh}<small lang="en">${en}</small>`
}

export function Avatar({ rawId, size = 40 }) {
  const src = `/sim/avatars/${encodeURIComponent(rawId)}.png`
  return html`<img class="avatar" src=${src} alt="" width=${size} height=${size} />`
}

export function Back({ onBack }) {
  return html`<button class="back" type="button" aria-label="返回 Back" onClick=${onBack}>‹</button>`
}

/** A choice among people: options are `[wxid, name]`. */
export function PersonSelect({ label, value, options, onChange }) {
  return html`<label class="field">
    <span>${label}</span>
    <select value=${value} onChange=${(event) => onChange(event.currentTarget.value)}>
      ${options.map(([wxid, name]) => html`<option key=${wxid} value=${wxid}>${name}</option>`)}
    </select>
  </label>`
}

/** 14:05 today, 11月3日 earlier. */
export function shortTime(atMs) {
  const date = new Date(atMs)
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday
    ? date.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString('zh-CN', { month: 'long', day: 'numeric' })
}
