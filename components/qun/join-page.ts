import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { JoinTranslator } from '@/components/qun/join-page-response'
import type { JoinView } from '@/lib/public-page/read-join-view'
import type { RecentJoin } from '@/lib/membership/list-members'
import { joinScript } from '@/components/qun/join-script'
import { joinStyle } from '@/components/qun/join-style'

type Html = ReturnType<typeof html>
type Page = { locale: string; t: JoinTranslator; view: JoinView; revision: string; posterSvg: string }

/** Renders the join page. Names chosen by people are escaped; the page is complete without its script. */
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

/** Renders a page with a single message, such as an unknown link or too many requests. */
export function messagePage({ locale, title, hint }: { locale: string; title: string; hint: string }): string {
  const body = html`<section class="card">
    <span class="mark" aria-hidden="true">!</span>
    <h1>${title}</h1>
    <p class="about">${hint}</p>
  </section>`
  return documentOf({ locale, title, head: html``, data: html``, body, hasScript: false })
}

export function recentJoinLine(
  t: JoinTranslator,
  { name, state }: RecentJoin,
  { status }: Pick<JoinView, 'status'>,
): { text: string; isIn: boolean } {
  const key = state === 'known' && status === 'full' ? 'waiting' : state
  return { text: t(`recentJoin.${key}`, { name }), isIn: state === 'joined' }
}

/** Returns the text of the member count; empty for 0. */
export function countLine(t: JoinTranslator, count: number): string {
  return count > 0 ? `· ${t('members', { count })}` : ''
}

function memberCard(page: Page): Html {
  const { t, view } = page
  const closed = closedReason(view)
  if (isByOfficialQr(view)) return officialCard(page)
  if (closed === 'pending')
    return html`${heading(page)}
      <p class="note" role="status">${t('closed.pending')}</p>
      <p class="hint">${t('closedHint.pending')}</p>
      <p class="about">${t('pendingOwner', { owner: view.ownerName, assistant: view.assistant.nickname })}</p>
      ${account(page)} ${live(page)}`
  if (closed)
    return html`${heading(page)}
      <p class="note" role="status">${t(`closed.${closed}`)}</p>
      <p class="hint">${t(`closedHint.${closed}`)}</p>
      ${live(page)}`
  return html`${heading(page)} ${offlineNote(page)}
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

/** A customer group: people join by its official code only; the token, which systems need, is in small print. */
function officialCard(page: Page): Html {
  const { t, view } = page
  if (view.joinQr !== 'shown')
    return html`${heading(page)}
      <p class="note" role="status">${t('closed.pending')}</p>
      <p class="hint">${t('officialAwaited')}</p>
      ${live(page)}`
  return html`${heading(page)}
    <p class="about">${t('officialScan')}</p>
    <img class="code official" src="/weiqun/${view.id}/qr" alt="${t('officialAlt')}" width="260" height="260" />
    <p class="hint">${t('officialOnly')}</p>
    <p class="hint">${t('officialToken')} <span class="account">${view.token}</span></p>
    ${live(page)}`
}

function ownerCard(page: Page): Html {
  const { t, view } = page
  if (view.joinQr !== 'none') return officialCard(page)
  if (view.groupCode)
    return html`${heading(page)} ${offlineNote(page)}
      <p class="about">${t(view.status === 'pending_room' ? 'ownerMaking' : 'ownerIntro')}</p>
      <ol>
        <li>
          <p>${t('ownerCopy')}</p>
          ${chip(t, view.groupCode)}
        </li>
        <li>
          <p>${t('ownerAdd', { assistant: view.assistant.nickname })}</p>
          ${account(page)}
        </li>
        <li>
          <p>${t('ownerWait')}</p>
        </li>
      </ol>
      ${copyButton(t('copyCode'), view.groupCode)} ${live(page)}`
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

function offlineNote({ t, view }: Page): Html | '' {
  return view.assistant.isOnline ? '' : html`<p class="note" role="status">${t('resting')}</p>`
}

function account({ t, view }: Page): Html {
  const { hasContactQr, username, nickname } = view.assistant
  if (!hasContactQr)
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

/** Returns whether the page is about the official QR code: a join token has no part in it, so its end changes nothing. */
function isByOfficialQr(view: JoinView): boolean {
  const closed = closedReason(view)
  return view.joinQr !== 'none' && (!closed || ['expired', 'used_up', 'pending'].includes(closed))
}

function liveText(view: JoinView) {
  if (isByOfficialQr(view)) return view.joinQr === 'shown' ? 'officialLive' : 'officialPending'
  if (closedReason(view)) return 'liveClosed'
  return view.isOwner ? 'ownerLive' : 'liveWaiting'
}

function live({ t, view }: Page): Html {
  const lines = view.recentJoins.map((item) => recentJoinLine(t, item, view))
  const visibleLines = lines.length > 0 ? lines : [{ text: t(liveText(view)), isIn: false }]
  return html`<output class="live" id="live" aria-live="polite">
    ${visibleLines.map(({ text, isIn }) => html`<p${isIn ? raw(' class="in"') : ''}>${text}</p>`)}
  </output>`
}

function footer({ t, view }: Page): Html {
  if (view.isOwner) return html`<p>${t('ownerSecret')}</p>`
  return html`<p>${t('alreadyIn')}</p>
    <p>${t('nothingAsked')}</p>`
}

type Closed = 'pending' | 'full' | 'paused' | 'closed' | 'expired' | 'used_up'

function closedReason({ status, tokenProblem }: JoinView): Closed | null {
  if (status === 'pending_owner' || status === 'pending_room') return 'pending'
  return status === 'open' ? tokenProblem : status
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
  // No part is a promise, so the template is not one either.
  return html`<!doctype html>
    <html lang="${locale}" translate="no">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="google" content="notranslate" />
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
