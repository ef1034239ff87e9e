import { appendToLogs } from '@/simulator/login/append-to-logs'
import { areFriends, findPersonOrThrow } from '@/simulator/world/find-person'
import { postSystemLine } from '@/simulator/world/post-message'
import { randomHex } from '@/simulator/world/random'
import type { FriendRequest, World } from '@/simulator/world/world'
import { touchWorld } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

/** Makes two people friends of each other; keeps an existing remark. */
export function makeFriends(world: World, wxid: string, other: string): void {
  for (const [of, friend] of [
    [wxid, other],
    [other, wxid],
  ] as const) {
    findPersonOrThrow(world, of)
    const friends = (world.data.friends[of] ??= {})
    if (friends[friend]) continue
    friends[friend] = { remark: '' }
    appendToLogs(world, [of], { kind: 'contact', rawId: friend })
  }
  touchWorld(world)
}

/** Sets the remark of `wxid` for a friend. @throws BAD_REQUEST if they are not friends. */
export function setRemark(world: World, wxid: string, { friend, remark }: { friend: string; remark: string }): void {
  const friendship = world.data.friends[wxid]?.[friend]
  if (!friendship) throw new WorldError('BAD_REQUEST', `${friend} is no friend of ${wxid}`)
  friendship.remark = remark
  appendToLogs(world, [wxid], { kind: 'contact', rawId: friend })
  touchWorld(world)
}

/** Changes a person's nickname and records the change for their friends. */
export function changeNickname(world: World, wxid: string, nickname: string): void {
  findPersonOrThrow(world, wxid).nickname = nickname
  const friends = Object.keys(world.data.friends[wxid] ?? {})
  appendToLogs(world, friends, { kind: 'contact', rawId: wxid })
  touchWorld(world)
}

/** Sends a friend request; web logins of the receiver get it at the next sync. @throws CONFLICT if they are friends. */
export function requestFriendship(
  world: World,
  { from, to, greeting }: { from: string; to: string; greeting: string },
): FriendRequest {
  findPersonOrThrow(world, from)
  findPersonOrThrow(world, to)
  if (from === to) throw new WorldError('BAD_REQUEST', 'an account cannot befriend itself')
  if (areFriends(world, to, from)) throw new WorldError('CONFLICT', `${from} is a friend of ${to} already`)
  const request: FriendRequest = {
    id: randomHex(8),
    from,
    to,
    greeting,
    ticket: `v4_${randomHex(40)}@stranger`,
    state: 'pending',
    atMs: Date.now(),
  }
  world.data.friendRequests.push(request)
  appendToLogs(world, [to], { kind: 'friend-request', requestId: request.id })
  touchWorld(world)
  return request
}

/** Refuses a pending friend request; the sender is not notified, as on WeChat. */
export function refuseFriendRequest(world: World, request: FriendRequest): void {
  if (request.state === 'pending') request.state = 'refused'
  touchWorld(world)
}

/** Accepts a friend request and notifies both sides. Idempotent. */
export function acceptFriendRequest(world: World, request: FriendRequest): void {
  if (request.state === 'accepted') return
  request.state = 'accepted'
  makeFriends(world, request.to, request.from)
  const nickname = (wxid: string) => findPersonOrThrow(world, wxid).nickname
  postSystemLine(world, {
    from: request.from,
    to: request.to,
    text: `你已添加了${nickname(request.from)}，现在可以开始聊天了。`,
  })
  postSystemLine(world, {
    from: request.to,
    to: request.from,
    text: `${nickname(request.to)}刚刚把你添加到通讯录，现在可以开始聊天了。`,
  })
}
