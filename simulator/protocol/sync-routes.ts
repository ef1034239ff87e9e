import { Hono } from 'hono'

import { endLogin } from '@/simulator/login/end-login'
import { entriesAfter, seqOfSyncCheckKey, seqOfSyncKey, syncKeyAt } from '@/simulator/login/sync-key'
import { userNameOf } from '@/simulator/login/user-names'
import { waitFor } from '@/simulator/login/wait-for'
import type { LogEntry, Login, World } from '@/simulator/world/world'
import { respond, scriptResponse, readJson, WechatRet } from '@/simulator/protocol/response'
import { authenticate } from '@/simulator/protocol/authenticate'
import type { ProtocolContext, ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { clientSignal } from '@/simulator/protocol/context'
import { presentContact } from '@/simulator/protocol/present-contact'
import { presentFriendRequest } from '@/simulator/protocol/present-friend-request'
import { presentChats, presentMessage } from '@/simulator/protocol/present-message'

const entriesPerSync = 50

/** synccheck, which is held until there are changes, webwxsync, which returns them, and the logout. */
export function syncRoutes({ world, pollHoldMs }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>().basePath('/cgi-bin/mmwebwx-bin')

  app.get('/synccheck', async (c) => {
    try {
      const login = authenticate(world, c, c.req.query())
      const seq = seqOfSyncCheckKey(c.req.query('synckey') ?? '') ?? login.headSeq
      if (entriesAfter(login, seq).length === 0) {
        await waitFor(world, `login ${login.sid}`, { timeoutMs: pollHoldMs, signal: clientSignal(c) })
      }
      if (login.endedRet !== 0) throw new WechatRet(login.endedRet)
      return synccheck(c, 0, selectorOf(entriesAfter(login, seq)))
    } catch (error) {
      if (error instanceof WechatRet) return synccheck(c, error.ret, 0)
      throw error
    }
  })

  app.post('/webwxsync', async (c) => {
    const body = await readJson(c)
    const login = authenticate(world, c, body.BaseRequest)
    const seq = seqOfSyncKey(body.SyncKey)
    if (seq === undefined) throw new WechatRet(1)
    const waiting = entriesAfter(login, seq)
    const entries = waiting.slice(0, entriesPerSync)
    const position = syncKeyAt(login, entries.at(-1)?.seq ?? seq)
    const contacts = contactsOf(world, login, entries)
    const deleted = entries.flatMap((entry) =>
      entry.kind === 'contact-deleted' ? [{ UserName: userNameOf(login, entry.rawId), ContactFlag: 0 }] : [],
    )
    const messages = entries.flatMap((entry) => presentEntry(world, login, entry, new URL(c.req.url).origin))
    return respond(c, {
      AddMsgCount: messages.length,
      AddMsgList: messages,
      ModContactCount: contacts.length,
      ModContactList: contacts,
      DelContactCount: deleted.length,
      DelContactList: deleted,
      ModChatRoomMemberCount: 0,
      ModChatRoomMemberList: [],
      Profile: { BitFlag: 0 },
      ContinueFlag: waiting.length > entries.length ? 1 : 0,
      SyncKey: position,
      SKey: '',
      SyncCheckKey: position,
    })
  })

  app.on(['GET', 'POST'], '/webwxlogout', (c) => {
    endLogin(world, authenticate(world, c, c.req.query()), 1101)
    return respond(c)
  })
  return app
}

function synccheck(c: ProtocolContext, retcode: number, selector: number): Response {
  c.get('call').ret = retcode
  return scriptResponse(c, `window.synccheck={retcode:"${retcode}",selector:"${selector}"}`)
}

/** 2: there are messages; 4: only contacts have changed; 0: nothing. */
function selectorOf(entries: LogEntry[]): number {
  if (entries.length === 0) return 0
  return entries.every(({ kind }) => kind === 'contact' || kind === 'contact-deleted') ? 4 : 2
}

function presentEntry(world: World, login: Login, entry: LogEntry, origin: string): Record<string, unknown>[] {
  if (entry.kind === 'chats') return [presentChats(login, entry)]
  if (entry.kind === 'friend-request') {
    const request = world.data.friendRequests.find((candidate) => candidate.id === entry.requestId)
    return request ? [presentFriendRequest(world, login, request)] : []
  }
  if (entry.kind === 'contact' || entry.kind === 'contact-deleted') return []
  const message = world.data.messages[entry.chat]?.findLast((candidate) => candidate.id === entry.messageId)
  return message ? [presentMessage(world, login, message, origin)] : []
}

function contactsOf(world: World, login: Login, entries: LogEntry[]): Record<string, unknown>[] {
  const changed = new Set(entries.flatMap((entry) => (entry.kind === 'contact' ? [entry.rawId] : [])))
  return [...changed].map((rawId) => presentContact(world, login, rawId))
}
