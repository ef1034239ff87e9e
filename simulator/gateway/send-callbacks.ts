import { type GatewayDevice, gatewayOf } from '@/simulator/gateway/data'
import {
  contactEvent,
  friendRequestEvent,
  type GatewayEvent,
  messageEvent,
  writeCallback,
} from '@/simulator/gateway/present-event'
import type { LogEntry, World } from '@/simulator/world/world'

const postTimeoutMs = 3_000
/** Assumed: an event without a response 200 is repeated a few times, then dropped. */
const maxAttempts = 6
const pauseMs = 500
const maxWaiting = 20_000

type Entry = LogEntry extends infer One ? (One extends unknown ? Omit<One, 'seq'> : never) : never

export type GatewayCallbacks = {
  /** Posts an event of a device to the callback URL of its token. */
  send(device: GatewayDevice, event: GatewayEvent): void
  /** Posts a body as it is. Returns the HTTP status; null: no response. */
  post(url: string, body: string): Promise<number | null>
  /** Resolves once all waiting events are accepted or dropped. */
  idle(): Promise<void>
}

/** Posts what happens to the accounts that are online, one event at a time per callback URL, in order. */
export function startGatewayCallbacks(world: World): GatewayCallbacks {
  const tails = new Map<string, Promise<void>>()
  let waiting = 0
  let isStopped = false
  const callbacks: GatewayCallbacks = {
    send(device, event) {
      const { callbackUrls, shape } = gatewayOf(world)
      const url = callbackUrls[device.token]
      if (!url || waiting >= maxWaiting) return
      waiting += 1
      const body = writeCallback(device, event, shape)
      const deliver = async () => {
        for (let attempt = 1; attempt <= maxAttempts && !isStopped; attempt++) {
          if ((await callbacks.post(url, body)) === 200) break
          await new Promise((resolve) => setTimeout(resolve, pauseMs))
        }
        waiting -= 1
      }
      tails.set(url, (tails.get(url) ?? Promise.resolve()).then(deliver))
    },
    async post(url, body) {
      try {
        const headers = { 'content-type': 'application/json' }
        const signal = AbortSignal.timeout(postTimeoutMs)
        const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
        await response.body?.cancel()
        return response.status
      } catch {
        return null
      }
    },
    idle: async () => void (await Promise.all(tails.values())),
  }
  world.events.on('entry', (recipients: Set<string>, entry: Entry) => {
    for (const device of Object.values(gatewayOf(world).devices)) {
      if (!device.isOnline || !device.wxid || !recipients.has(device.wxid)) continue
      const event = toEvent(world, device, entry)
      if (event) callbacks.send(device, event)
    }
  })
  world.events.on('stop', () => (isStopped = true))
  return callbacks
}

function toEvent(world: World, device: GatewayDevice, entry: Entry): GatewayEvent | null {
  switch (entry.kind) {
    case 'message': {
      const message = world.data.messages[entry.chat]?.findLast(({ id }) => id === entry.messageId)
      return message ? messageEvent(world, device, message) : null
    }
    case 'contact':
      return contactEvent(world, entry.rawId, 'ModContacts')
    case 'contact-deleted':
      return contactEvent(world, entry.rawId, 'DelContacts')
    case 'friend-request': {
      const request = world.data.friendRequests.find(({ id }) => id === entry.requestId)
      return request ? friendRequestEvent(world, device, request) : null
    }
    case 'chats':
      return null
  }
}
