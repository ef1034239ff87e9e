import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { JoinTranslator } from '@/app/weiqun/[id]/answer-page'
import type { JoinView } from '@/app/weiqun/[id]/read-join-view'
import type { QunNews } from '@/lib/membership/list-news'
import { joinScript } from './join-script'
import { joinStyle } from './join-style'

type Html = ReturnType<typeof html>
type Page = { locale: string; t: JoinTranslator; view: JoinView; revision: string; posterSvg: string }

/** Writes the join page. Whatever people named themselves is escaped; the script is a progress on top of a page that is whole without. */
export function joinPage(page: Page): string {
  const { locale, t, view, revision, posterSvg } = page
  const description = t('invitation', { owner: view.ownerName })
  const head = html`<meta name="description" content="${description}" />
    <meta property="og:type" content="website" />
    <meta property="og:title" content="${view.name}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${view.url}" />
    <meta property="og:site_name" content="${t('site')}" />
    <meta name="twitter:card" content="summary" />
    <noscript><meta http-equiv="refresh" content="30" /></noscript>`
  const data = html`data-state="/weiqun/${view.id}/state" data-revision="${revision}" data-copied="${t('copied')}"
  data-copy-by-hand="${t('copyByHand')}"`
  const body = html`<div class="screen">
      <section class="card">${view.isOwner ? ownerCard(page) : memberCard(page)}</section>
      <footer>${footer(page)}</footer>
    </div>
    <section class="poster" aria-hidden="true">
      <h2>${view.name}</h2>
      ${raw(posterSvg)}
      <p>${t('posterScan')}</p>
      <p class="hint">${t('about', { owner: view.ownerName })}</p>
    </section>`
  return documentOf({ locale, title: view.name, head, data, body, hasScript: true })
}

/** Writes a page that says one thing: no such link, too many asked. */
export function messagePage({ locale, title, hint }: { locale: string; title: string; hint: string }): string {
  const body = html`<section class="card">
    <span class="mark" aria-hidden="true">!</span>
    <h1>${title}</h1>
    <p class="about">${hint}</p>
  </section>`
  return documentOf({ locale, title, head: html``, data: html``, body, hasScript: false })
}

/** One person's progress in words, for the line under the button. */
export function newsLine(t: JoinTranslator, { name, state }: QunNews): { text: string; isIn: boolean } {
  return { text: t(`news.${state}`, { name }), isIn: state === 'joined' }
}

/** How many are in, in words; nothing before anybody is. */
export function countLine(t: JoinTranslator, count: number): string {
  return count > 0 ? `· ${t('members', { count })}` : ''
}

function memberCard(page: Page): Html {
  const { t, view } = page
  const closed = whyClosed(view)
  if (closed)
    return html`${heading(page)}
      <p class="note" role="status">${t(`closed.${closed}`)}</p>
      <p class="hint">${t(`closedHint.${closed}`)}</p>
      ${live(page)}`
  return html`${heading(page)} ${resting(page)}
    <ol>
      <li>
        <p>${t('stepCopy')}</p>
        ${chip(t, view.token)}
      </li>
      <li>
        <p>${t('stepAdd', { assistant: view.assistant.nickname })}</p>
        ${account(page)}
      </li>
      <li>
        <p>${t('stepWait')}</p>
      </li>
    </ol>
    ${copyButton(t('copyToken'), view.token)} ${live(page)}`
}

function ownerCard(page: Page): Html {
  const { t, view } = page
  if (view.code)
    return html`${heading(page)} ${resting(page)}
      <p class="about">${t('ownerIntro')}</p>
      <ol>
        <li>
          <p>${t('ownerCopy')}</p>
          ${chip(t, view.code)}
        </li>
        <li>
          <p>${t('ownerAdd', { assistant: view.assistant.nickname })}</p>
          ${account(page)}
        </li>
        <li>
          <p>${t('ownerWait')}</p>
        </li>
      </ol>
      ${copyButton(t('copyCode'), view.code)} ${live(page)}`
  if (view.status === 'pending_room')
    return html`${heading(page)}
      <p class="note" role="status">${t('closed.pending')}</p>
      <p class="hint">${t('ownerMaking')}</p>
      ${live(page)}`
  return html`${heading(page)}
    <p class="about">${t('ownerReady')}</p>
    <ol>
      <li>
        <p>${t('ownerShare')}</p>
        ${chip(t, view.url)}
      </li>
      <li>
        <p>${t('ownerPrint')}</p>
      </li>
      <li>
        <p>${t('ownerTransfer', { assistant: view.assistant.nickname })}</p>
      </li>
    </ol>
    ${copyButton(t('copyLink'), view.url)} ${live(page)}`
}

function heading({ t, view }: Page): Html {
  const about = t('about', { owner: view.ownerName })
  return html`<h1>${view.name}</h1>
    <p class="about">${about} <span id="count">${countLine(t, view.memberCount)}</span></p>`
}

function resting({ t, view }: Page): Html | '' {
  return view.assistant.isOnline ? '' : html`<p class="note" role="status">${t('resting')}</p>`
}

function account({ t, view }: Page): Html {
  const { hasCode, username, nickname } = view.assistant
  if (!hasCode)
    return html`<p class="hint">${t('accountHint')}</p>
      <span class="account">${username}</span>`
  const alt = t('codeAlt', { assistant: nickname })
  return html`<p class="hint">${t('codeHint')}</p>
    <img class="code" src="/weiqun/${view.id}/qr" alt="${alt}" width="200" height="200" />
    <p class="hint">${t('accountOr')} <span class="account">${username}</span></p>`
}

function chip(t: JoinTranslator, text: string): Html {
  return html`<span class="chip${text.length > 18 ? ' long' : ''}" data-copy="${text}">${text}</span>
    <p class="hint"><noscript>${t('copyByHand')}</noscript></p>`
}

function copyButton(label: string, text: string): Html {
  return html`<button class="go" type="button" data-copy="${text}" hidden>
    <span data-label="${label}">${label}</span>
  </button>`
}

function live({ t, view }: Page): Html {
  const lines = view.news.map((item) => newsLine(t, item))
  const shown =
    lines.length > 0
      ? lines
      : [{ text: t(whyClosed(view) ? 'liveClosed' : view.isOwner ? 'ownerLive' : 'liveWaiting'), isIn: false }]
  return html`<output class="live" id="live" aria-live="polite">
    ${shown.map(({ text, isIn }) => html`<p${isIn ? raw(' class="in"') : ''}>${text}</p>`)}
  </output>`
}

function footer({ t, view }: Page): Html {
  if (view.isOwner) return html`<p>${t('ownerSecret')}</p>`
  return html`<p>${t('alreadyIn')}</p>
    <p>${t('nothingAsked')}</p>`
}

type Closed = 'pending' | 'full' | 'paused' | 'closed' | 'expired' | 'used_up'

function whyClosed({ status, tokenFlaw }: JoinView): Closed | null {
  if (status === 'pending_owner' || status === 'pending_room') return 'pending'
  return status === 'open' ? tokenFlaw : status
}

function documentOf(parts: {
  locale: string
  title: string
  head: Html
  data: Html
  body: Html
  hasScript: boolean
}): string {
  const { locale, title, head, data, body, hasScript } = parts
  // Nothing in it is a promise, so neither is the whole.
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href="/icon.svg" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="color-scheme" content="light dark" />
        ${head} ${raw(`<style>${joinStyle}</style>`)}
      </head>
      <body ${data}>
        <main>${body}</main>
        ${hasScript ? raw(`<script>${joinScript}</script>`) : ''}
      </body>
    </html>` as HtmlEscapedString
}
