import type { ConnectorOf } from '@/lib/connector/connector-types'
import type { Db } from '@/lib/db/client'
import { decryptCallback, isSignatureValid } from '@/lib/wecom/callback-crypto'
import { readXml } from '@/lib/wecom/read-xml'
import { callbackHashOf, recordCallback, recordVerification, type WecomHint } from '@/lib/wecom/record-callback'

/** Maximum difference between the timestamp of a callback and the current time; it limits replays. */
const maxAgeSeconds = 5 * 60
/** Maximum length of an id or token in a callback. */
const maxIdLength = 200

type SignedQuery = { signature: string; timestamp: string; nonce: string }
/** `echo`: the text of a verification; "": the request has none. */
export type SignedCallback = { query: SignedQuery; echo: string; nowMs: number }

type Company = ConnectorOf<'wecom'>

/** Reads the signature parameters and the echo text from the query of a callback. */
export function readSigned(url: string): SignedCallback {
  const { searchParams } = new URL(url)
  const read = (name: string) => searchParams.get(name) ?? ''
  const query = { signature: read('msg_signature'), timestamp: read('timestamp'), nonce: read('nonce') }
  // An unescaped + of base64 arrives as a space.
  return { query, echo: read('echostr').replaceAll(' ', '+'), nowMs: Date.now() }
}

/** Verifies the callback URL for WeCom and records that; returns the text to echo. null: not signed with the secrets of this connector. */
export async function verifyCallbackUrl(
  db: Db,
  { company, query, echo, nowMs }: { company: Company; query: SignedQuery; echo: string; nowMs: number },
): Promise<string | null> {
  const text = open(company, { query, encrypted: echo, nowMs })
  if (text === null) return null
  const verified = { connectorId: company.id, callbackHash: callbackHashOf(company.secrets) }
  await db.transaction((tx) => recordVerification(tx, verified))
  return text
}

/**
 * Checks a callback of WeCom and stores it if it announces entries of a 客服 account or of a customer group. Repeats and other events change nothing.
 * `refused`: not signed with the secrets of this connector, not for this company, or not fresh. Spec: E6 (WeCom customer service).
 */
export async function receiveCallback(
  db: Db,
  { company, query, body, nowMs }: { company: Company; query: SignedQuery; body: string; nowMs: number },
): Promise<'stored' | 'ignored' | 'refused'> {
  const encrypted = readXml(body)?.get('Encrypt')
  const text = encrypted === undefined ? null : open(company, { query, encrypted, nowMs })
  const event = text === null ? null : readXml(text)
  if (!event) return 'refused'
  const hint = event.get('MsgType') === 'event' ? parseHint(event) : null
  if (!hint) return 'ignored'
  const callback = { connectorId: company.id, nonce: query.nonce, hint }
  const isNew = await db.transaction((tx) => recordCallback(tx, callback))
  return isNew ? 'stored' : 'ignored'
}

/** Returns what an event announces; the details of a changed group are not read, because its member list is fetched. null: nothing. */
function parseHint(event: Map<string, string>): WecomHint | null {
  const read = (name: string) => {
    const text = event.get(name) ?? ''
    return text.length > maxIdLength ? null : text
  }
  const [openKfId, syncToken, chatId] = [read('OpenKfId'), read('Token'), read('ChatId')]
  switch (event.get('Event')) {
    case 'kf_msg_or_event':
      return openKfId && syncToken !== null ? { openKfId, syncToken } : null
    case 'change_external_chat':
      return chatId ? { chatId } : null
    default:
      return null
  }
}

/** Decrypts what WeCom signed, for this company, a short time ago. null: anything else. */
function open(
  { settings, secrets }: Company,
  { query, encrypted, nowMs }: { query: SignedQuery; encrypted: string; nowMs: number },
): string | null {
  const { timestamp, nonce } = query
  const ageSeconds = Math.abs(nowMs / 1000 - Number(timestamp))
  if (!/^\d{1,12}$/.test(timestamp) || ageSeconds > maxAgeSeconds || !/^\w{1,64}$/.test(nonce)) return null
  if (!isSignatureValid(secrets.callbackToken, { ...query, encrypted })) return null
  const opened = decryptCallback(secrets.callbackAesKey, encrypted)
  return opened?.receiveId === settings.corpId ? opened.text : null
}
