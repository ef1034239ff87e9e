import assert from 'node:assert/strict'

// Responses have many shapes; each test reads its own.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = Record<string, any>

/**
 * A minimal client of the web protocol for tests. It keeps the cookies of one browser and makes single calls, without the logic of the real WeChat
 * client.
 */
export class WebClient {
  cookies: Record<string, string> = {}
  base = { Uin: '', Sid: '', Skey: '', DeviceID: 'e123456789012345' }
  user: Json = {}
  syncKey: Json = {}

  constructor(readonly origin: string) {}

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`)
    const headers = { ...(init.headers as Record<string, string>), cookie: cookie.join('; ') }
    const response = await fetch(new URL(path, this.origin), { redirect: 'manual', ...init, headers })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^(.+?)=(.*?);/.exec(set) ?? []
      this.cookies[name] = value
    }
    return response
  }

  async text(path: string): Promise<string> {
    return (await this.fetch(path)).text()
  }

  /** POSTs JSON with the BaseRequest to an mmwebwx-bin call. */
  async call(name: string, body: Json = {}): Promise<Json> {
    const response = await this.fetch(`/cgi-bin/mmwebwx-bin/${name}`, {
      method: 'POST',
      body: JSON.stringify({ BaseRequest: this.base, ...body }),
    })
    return (await response.json()) as Json
  }

  async get(name: string): Promise<Json> {
    return JSON.parse(await this.text(`/cgi-bin/mmwebwx-bin/${name}`)) as Json
  }

  async control(path: string, body?: Json): Promise<Json> {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {}
    const response = await fetch(new URL(`/sim${path}`, this.origin), init)
    const text = await response.text()
    assert.ok(response.ok, `${path}: ${text}`)
    return text ? (JSON.parse(text) as Json) : {}
  }

  async newCode(): Promise<string> {
    const script = await (await this.fetch('/jslogin', { method: 'POST' })).text()
    return /uuid = "(.+)"/.exec(script)?.[1] ?? ''
  }

  poll(uuid: string): Promise<string> {
    return this.text(`/cgi-bin/mmwebwx-bin/login?tip=0&loginicon=true&uuid=${encodeURIComponent(uuid)}&r=1`)
  }

  /** Runs code, scan, confirmation and login page; returns the response of webwxnewloginpage. */
  async openPage(wxid: string): Promise<Response> {
    const uuid = await this.newCode()
    await this.control(`/codes/${encodeURIComponent(uuid)}/scan`, { wxid })
    await this.poll(uuid)
    await this.control(`/codes/${encodeURIComponent(uuid)}/confirm`, { wxid })
    const uri = /redirect_uri="(.+?)"/.exec(await this.poll(uuid))?.[1] ?? ''
    return this.fetch(`${uri}&fun=new&version=v2`)
  }

  async login(wxid: string): Promise<this> {
    const xml = await (await this.openPage(wxid)).text()
    const field = (name: string) => new RegExp(`<${name}>(.*)</${name}>`).exec(xml)?.[1] ?? ''
    Object.assign(this.base, { Uin: field('wxuin'), Sid: field('wxsid'), Skey: field('skey') })
    const init = await this.call('webwxinit')
    assert.equal(init.BaseResponse.Ret, 0)
    this.user = init.User
    this.syncKey = init.SyncKey
    return this
  }

  synccheck(): Promise<string> {
    const synckey = this.syncKey.List.map((item: Json) => `${item.Key}_${item.Val}`).join('|')
    const query = new URLSearchParams({ sid: this.base.Sid, uin: this.base.Uin, skey: this.base.Skey, synckey })
    return this.text(`/cgi-bin/mmwebwx-bin/synccheck?${query}`)
  }

  /** Calls webwxsync once from the current position. */
  async sync(): Promise<Json> {
    const response = await this.call('webwxsync', { SyncKey: this.syncKey })
    if (response.BaseResponse.Ret === 0) this.syncKey = response.SyncKey
    return response
  }

  send(toUserName: string, text: string): Promise<Json> {
    const msg = { Type: 1, Content: text, FromUserName: this.user.UserName, ToUserName: toUserName, LocalID: '1' }
    return this.call('webwxsendmsg', { Scene: 0, Msg: msg })
  }

  /** Returns the whole address book, page by page, and rooms with their members. */
  async contacts(): Promise<Json[]> {
    const list: Json[] = []
    for (let seq = 0, isFirst = true; isFirst || seq; isFirst = false) {
      const page = await this.get(`webwxgetcontact?seq=${seq}&skey=${this.base.Skey}`)
      list.push(...page.MemberList)
      seq = page.Seq
    }
    return list
  }

  async findContact(name: string): Promise<Json> {
    const found = (await this.contacts()).find((contact) => contact.NickName === name)
    assert.ok(found, `${name} is in the address book`)
    return found
  }
}
