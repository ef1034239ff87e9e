import { html, useEffect, useRef } from './preact.js'

/** A Chinese label with small English text next to it. */
export function Label({ zh, en }) {
  return html`${zh}<small lang="en">${en}</small>`
}

export function Avatar({ rawId, size = 40 }) {
  const src = `/sim/avatars/${encodeURIComponent(rawId)}.png`
  return html`<img class="avatar" src=${src} alt="" width=${size} height=${size} />`
}

/** Takes the focus when its screen opens, so that keyboard navigation continues there. */
export function Back({ onBack }) {
  const button = useRef(null)
  useEffect(() => button.current?.focus({ preventScroll: true }), [])
  return html`<button class="back" type="button" ref=${button} aria-label="返回 Back" onClick=${onBack}>‹</button>`
}

export function Computer({ size = 16 }) {
  return html`<svg class="computer" viewBox="0 0 24 24" width=${size} height=${size} aria-hidden="true">
    <rect x="2.5" y="4" width="19" height="13" rx="1.5" />
    <path d="M8 20.5h8M12 17v3.5" />
  </svg>`
}

/** A selection of people; options are `[wxid, name]`. */
export function PersonSelect({ label, value, options, onChange }) {
  return html`<label class="field">
    <span>${label}</span>
    <select value=${value} onChange=${(event) => onChange(event.currentTarget.value)}>
      ${options.map(([wxid, name]) => html`<option key=${wxid} value=${wxid}>${name}</option>`)}
    </select>
  </label>`
}

/** Formats a time: 14:05 today, 11月3日 earlier. */
export function shortTime(atMs) {
  const date = new Date(atMs)
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday
    ? date.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString('zh-CN', { month: 'long', day: 'numeric' })
}

/** The number that the phone will show after the scan. */
export function NumberField({ name, title, value, onChange }) {
  return html`<label class="field">
    <span>${name}</span>
    <input
      inputmode="numeric"
      pattern="[0-9]{1,8}"
      title=${title}
      placeholder="手机不显示"
      value=${value}
      onInput=${(event) => onChange(event.currentTarget.value)}
    />
  </label>`
}

/** The time until a code expires, as minutes and seconds. */
export function TimeLeft({ expiresAtMs, now }) {
  const seconds = Math.max(0, Math.round((expiresAtMs - now) / 1000))
  return html`<p class="muted">还有 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}</p>`
}
