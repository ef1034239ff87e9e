import { announce } from '@/simulator/wecom/callback'
import {
  appendItem,
  conversationOf,
  externalIdOf,
  serviceStates,
  type WecomItem,
  wecomNowMs,
  wecomOf,
} from '@/simulator/wecom/data'
import { randomHex } from '@/simulator/world/random'
import { storeMedia } from '@/simulator/world/store-media'
import { touchWorld, type World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

const welcomeLifeMs = 20_000

export type CustomerMessage =
  | { type: 'text'; text: string }
  | { type: 'image' | 'voice' | 'video' | 'file'; bytes: Buffer }
  /** Any other type, with its content as on the wire. */
  | { type: 'wire'; msgtype: string; content: Record<string, unknown> }

type Place = { openKfId: string; wxid: string }

/** A customer writes to an account: the window opens again, and an ended conversation starts again. */
export async function writeToAccount(world: World, place: Place, message: CustomerMessage): Promise<WecomItem> {
  const conversation = conversationOf(world, requirePlace(world, place))
  if (conversation.state === serviceStates.ended) conversation.state = serviceStates.new
  conversation.lastInboundAtMs = wecomNowMs(world)
  conversation.sentSinceInbound = 0
  const base = { ...wireIds(place), msgid: newMsgId(), send_time: nowSeconds(world), origin: 3 }
  const item = appendItem(world, { ...place, body: { ...base, ...(await contentOf(world, message)) } })
  announce(world, place.openKfId)
  touchWorld(world)
  return item
}

/** The stream has the customer's latest message once more, with the same `msgid`. */
export function redeliverToAccount(world: World, place: Place): void {
  const { openKfId, wxid } = requirePlace(world, place)
  const isOwn = (item: WecomItem) => item.openKfId === openKfId && item.wxid === wxid && item.body['origin'] === 3
  const latest = wecomOf(world).items.findLast(isOwn)
  if (!latest) throw new WorldError('NOT_FOUND', `${wxid} has written nothing to ${openKfId}`)
  appendItem(world, { openKfId, wxid, body: latest.body })
  announce(world, openKfId)
  touchWorld(world)
}

/** A customer opens the chat, which gives the app a code for one welcome message. */
export function enterSession(world: World, place: Place, { sceneParam = '' } = {}): void {
  requirePlace(world, place)
  const welcomeCode = randomHex(16)
  wecomOf(world).welcomeCodes[welcomeCode] = { ...place, expiresAtMs: wecomNowMs(world) + welcomeLifeMs }
  appendEvent(world, place, {
    event_type: 'enter_session',
    scene: 'wxbot',
    scene_param: sceneParam,
    welcome_code: welcomeCode,
  })
}

/** An employee takes a conversation over, writes in it, or ends it. */
export function takeOver(world: World, place: Place, servicerUserId: string): void {
  const conversation = conversationOf(world, requirePlace(world, place))
  Object.assign(conversation, { state: serviceStates.servicer, servicerUserId })
  appendEvent(world, place, {
    event_type: 'session_status_change',
    change_type: 1,
    new_servicer_userid: servicerUserId,
  })
}

export function endSession(world: World, place: Place): void {
  const conversation = conversationOf(world, requirePlace(world, place))
  const old = conversation.servicerUserId
  Object.assign(conversation, { state: serviceStates.ended, servicerUserId: null })
  appendEvent(world, place, {
    event_type: 'session_status_change',
    change_type: 3,
    ...(old ? { old_servicer_userid: old } : {}),
    msg_code: randomHex(8),
  })
}

export function writeAsEmployee(world: World, place: Place, text: string): void {
  const conversation = conversationOf(world, requirePlace(world, place))
  if (conversation.state !== serviceStates.servicer)
    throw new WorldError('CONFLICT', 'no employee has taken this conversation')
  const msgid = newMsgId()
  appendItem(world, {
    ...place,
    body: {
      ...wireIds(place),
      msgid,
      send_time: nowSeconds(world),
      origin: 5,
      servicer_userid: conversation.servicerUserId,
      msgtype: 'text',
      text: { content: text },
    },
  })
  wecomOf(world).sent.push({
    ...place,
    msgid,
    msgtype: 'text',
    text,
    mediaId: null,
    by: 'employee',
    isDelivered: true,
    atMs: Date.now(),
  })
  announce(world, place.openKfId)
  touchWorld(world)
}

/** Appends a system event to the stream; its ids are inside of the event. */
export function appendEvent(world: World, place: Place, event: { event_type: string } & Record<string, unknown>): void {
  const body = { msgid: newMsgId(), send_time: nowSeconds(world), origin: 4, msgtype: 'event' }
  appendItem(world, { ...place, body: { ...body, event: { ...wireIds(place), ...event } } })
  announce(world, place.openKfId)
  touchWorld(world)
}

const newMsgId = () => randomHex(12)
const nowSeconds = (world: World) => Math.floor(wecomNowMs(world) / 1000)
const wireIds = ({ openKfId, wxid }: Place) => ({ open_kfid: openKfId, external_userid: externalIdOf(wxid) })

function requirePlace(world: World, place: Place): Place {
  if (!wecomOf(world).accounts.some(({ openKfId }) => openKfId === place.openKfId))
    throw new WorldError('NOT_FOUND', `there is no account ${place.openKfId}`)
  if (!Object.hasOwn(world.data.people, place.wxid))
    throw new WorldError('NOT_FOUND', `there is no person ${place.wxid}`)
  return place
}

async function contentOf(world: World, message: CustomerMessage) {
  if (message.type === 'text') return { msgtype: 'text', text: { content: message.text } }
  if (message.type === 'wire') return { msgtype: message.msgtype, [message.msgtype]: message.content }
  const mediaId = `sim_${randomHex(16)}`
  wecomOf(world).media[mediaId] = await storeMedia(world, { bytes: message.bytes })
  return { msgtype: message.type, [message.type]: { media_id: mediaId } }
}
