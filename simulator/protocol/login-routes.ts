import { Hono } from 'hono'

import { findCode, offerCode, useTicket } from '@/simulator/login/code'
import { openLogin } from '@/simulator/login/open-login'
import { waitFor } from '@/simulator/login/wait-for'
import type { Code, Login } from '@/simulator/world/world'
import { randomHex } from '@/simulator/world/random'
import { touchWorld } from '@/simulator/world/world'
import { scriptResponse } from '@/simulator/protocol/response'
import type { ProtocolContext, ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { clientSignal } from '@/simulator/protocol/context'
import { drawAvatar } from '@/simulator/protocol/draw-avatar'

const refusal = '当前登录环境异常。为了你的帐号安全，暂时不能登录web微信。你可以通过手机客户端或者windows微信登录。'

/** Login: creates a QR code (jslogin), polls its state (login), and exchanges the ticket for cookies (webwxnewloginpage). */
export function loginRoutes({ world, pollHoldMs }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>()

  app.on(['GET', 'POST'], '/jslogin', (c) =>
    scriptResponse(c, `window.QRLogin.code = 200; window.QRLogin.uuid = "${offerCode(world).uuid}";`),
  )

  app.get('/cgi-bin/mmwebwx-bin/login', async (c) => {
    const uuid = c.req.query('uuid') ?? ''
    const hasStateChanged = (code: Code | undefined) =>
      code?.state !== 'waiting' && !(code?.state === 'scanned' && code.scanTold)
    if (!hasStateChanged(findCode(world, uuid))) {
      await waitFor(world, `code ${uuid}`, { timeoutMs: pollHoldMs, signal: clientSignal(c) })
    }
    const code = findCode(world, uuid)
    return scriptResponse(c, code && !hasStateChanged(code) ? 'window.code=408;' : describeCode(c, code))
  })

  const describeCode = (c: ProtocolContext, code: Code | undefined): string => {
    if (code?.state === 'scanned') {
      code.scanTold = true
      touchWorld(world)
      return `window.code=201;window.userAvatar = 'data:image/png;base64,${drawAvatar(code.wxid ?? '').toString('base64')}';`
    }
    if (code?.state !== 'confirmed') return 'window.code=400;'
    const query = `ticket=${code.ticket}&uuid=${code.uuid}&lang=zh_CN&scan=${Math.floor(Date.now() / 1000)}`
    return `window.code=200;\nwindow.redirect_uri="${new URL(c.req.url).origin}/cgi-bin/mmwebwx-bin/webwxnewloginpage?${query}";`
  }

  app.get('/cgi-bin/mmwebwx-bin/webwxnewloginpage', (c) => {
    const wxid = useTicket(world, { uuid: c.req.query('uuid') ?? '', ticket: c.req.query('ticket') ?? '' })
    if (!wxid) return refuse(c, -14, '')
    if (world.data.people[wxid]?.webLogin !== 'allowed') return refuse(c, 1203, refusal)
    const login = openLogin(world, wxid)
    c.get('call').wxid = wxid
    c.get('call').ret = 0
    for (const cookie of cookiesOf(login)) c.header('Set-Cookie', cookie, { append: true })
    const xml = `<error><ret>0</ret><message></message><skey>${login.skey}</skey><wxsid>${login.sid}</wxsid><wxuin>${login.uin}</wxuin><pass_ticket>${login.passTicket}</pass_ticket><isgrayscale>1</isgrayscale></error>`
    return c.body(xml, 301, { 'Content-Type': 'text/plain; charset=UTF-8' })
  })
  return app
}

/** Rejects a login, as WeChat does: status 200 and no cookies. */
function refuse(c: ProtocolContext, ret: number, message: string): Response {
  c.get('call').ret = ret
  return c.body(`<error><ret>${ret}</ret><message>${message}</message></error>`, 200, {
    'Content-Type': 'text/plain; charset=UTF-8',
  })
}

/** Omits the Domain attribute, so that a cookie jar accepts the cookies from any host name of the simulator. */
function cookiesOf(login: Login): string[] {
  const expires = new Date(Date.now() + 30 * 24 * 60 * 60_000).toUTCString()
  const values = {
    wxuin: login.uin,
    wxsid: login.sid,
    wxloadtime: Math.floor(Date.now() / 1000),
    mm_lang: 'zh_CN',
    webwx_data_ticket: login.dataTicket,
    webwxuvid: randomHex(16),
    webwx_auth_ticket: login.authTicket,
  }
  return Object.entries(values).map(([name, value]) => `${name}=${value}; Path=/; Expires=${expires}`)
}
