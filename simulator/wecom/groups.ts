import { announceEvent } from '@/simulator/wecom/callback'
import { externalIdOf, type WecomGroup, type WecomJoinWay, wecomOf } from '@/simulator/wecom/data'
import { randomHex } from '@/simulator/world/random'
import { touchWorld, type World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

/** A customer group takes this many people. */
const maxGroupMembers = 200

export function groupsOf(world: World): WecomGroup[] {
  return (wecomOf(world).groups ??= [])
}

export function joinWaysOf(world: World): WecomJoinWay[] {
  return (wecomOf(world).joinWays ??= [])
}

/** An employee makes a customer group on the phone; no API does. */
export function makeGroup(world: World, { name, owner }: { name: string; owner: string }): WecomGroup {
  const members = [{ userid: owner, type: 1 as const, name: owner, joinTimeMs: Date.now(), state: '' }]
  const group = { chatId: `wr${randomHex(14)}`, name, owner, version: 1, members }
  groupsOf(world).push(group)
  notifyChange(world, group, 'create')
  return group
}

/** A person joins by scanning the official QR code, or on the employee's invitation. @throws CONFLICT for a full group */
export function joinGroup(
  world: World,
  { chatId, wxid, state }: { chatId: string; wxid: string; state: string },
): void {
  const group = requireGroup(world, chatId)
  const person = Object.hasOwn(world.data.people, wxid) ? world.data.people[wxid] : undefined
  if (!person) throw new WorldError('NOT_FOUND', `there is no person ${wxid}`)
  const userid = externalIdOf(wxid)
  if (group.members.some((member) => member.userid === userid)) return
  if (group.members.length >= maxGroupMembers) throw new WorldError('CONFLICT', 'the group is full')
  group.members.push({ userid, type: 2, name: person.nickname, joinTimeMs: Date.now(), state })
  notifyChange(world, group, 'add_member')
}

export function leaveGroup(world: World, { chatId, wxid }: { chatId: string; wxid: string }): void {
  const group = requireGroup(world, chatId)
  group.members = group.members.filter(({ userid }) => userid !== externalIdOf(wxid))
  notifyChange(world, group, 'del_member')
}

export function dismissGroup(world: World, chatId: string): void {
  const group = requireGroup(world, chatId)
  const groups = groupsOf(world)
  groups.splice(groups.indexOf(group), 1)
  notifyChange(world, group, 'dismiss')
}

/** Returns the way with this id. @throws NOT_FOUND */
export function requireJoinWay(world: World, configId: string): WecomJoinWay {
  const way = joinWaysOf(world).find((candidate) => candidate.configId === configId)
  if (!way) throw new WorldError('NOT_FOUND', `there is no join way ${configId}`)
  return way
}

function requireGroup(world: World, chatId: string): WecomGroup {
  const group = groupsOf(world).find((candidate) => candidate.chatId === chatId)
  if (!group) throw new WorldError('NOT_FOUND', `there is no group ${chatId}`)
  return group
}

/** Announces a change as a live company's callback does. */
function notifyChange(world: World, group: WecomGroup, what: 'create' | 'dismiss' | 'add_member' | 'del_member'): void {
  group.version += 1
  const isUpdate = what === 'add_member' || what === 'del_member'
  const detail = isUpdate
    ? `<UpdateDetail><![CDATA[${what}]]></UpdateDetail><MemChangeCnt>1</MemChangeCnt><MemChangeList><Item>wm</Item></MemChangeList>`
    : ''
  announceEvent(
    world,
    `<Event><![CDATA[change_external_chat]]></Event><ChatId><![CDATA[${group.chatId}]]></ChatId><ChangeType><![CDATA[${isUpdate ? 'update' : what}]]></ChangeType>${detail}`,
  )
  touchWorld(world)
}
