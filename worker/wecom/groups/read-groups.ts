import type { RoomSnapshot } from '@/worker/wechat/port'
import type { WecomClient } from '@/worker/wecom/client/wecom-client'
import { isRefused } from '@/worker/wecom/client/wecom-error'
import { type GroupDetail, groupDetail, groupList } from '@/worker/wecom/groups/shapes'

const callMs = 10_000
const pageSize = 1000
/** More customer groups than this are not read. */
const maxGroups = 2000

/** A group id that WeCom does not know, or one of an owner who is not in the visible range (assumed). */
const unknownGroupCodes = [40050, 49008, 90500]

/** Returns the part of a request for a list that names the owners of the groups; {}: everyone in the visible range. */
export function filterOf(owners: readonly string[]): { owner_filter?: { userid_list: readonly string[] } } {
  return owners.length > 0 ? { owner_filter: { userid_list: owners } } : {}
}

/** Lists the ids of the customer groups that the app may see, of these owners only, if there are any. @throws WecomError */
async function listGroups(client: WecomClient, owners: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  let cursor = ''
  while (ids.length < maxGroups) {
    const body = { status_filter: 0, ...filterOf(owners), limit: pageSize, ...(cursor ? { cursor } : {}) }
    const page = groupList.parse(await client.post('externalcontact/groupchat/list', body, callMs))
    ids.push(...page.group_chat_list.map(({ chat_id }) => chat_id))
    if (page.next_cursor === '' || page.next_cursor === cursor || page.group_chat_list.length === 0) break
    cursor = page.next_cursor
  }
  return [...new Set(ids)].slice(0, maxGroups)
}

/** Returns a group with its members. null: it is gone, or the app may not see it. @throws WecomError */
export async function readGroup(client: WecomClient, chatId: string): Promise<GroupDetail | null> {
  try {
    const value = await client.post('externalcontact/groupchat/get', { chat_id: chatId, need_name: 1 }, callMs)
    return groupDetail.parse(value).group_chat
  } catch (error) {
    if (unknownGroupCodes.some((code) => isRefused(error, code))) return null
    throw error
  }
}

/** Reads all customer groups that the app may see, of these owners only, if there are any. @throws WecomError */
export async function readGroups(client: WecomClient, owners: readonly string[]): Promise<RoomSnapshot[]> {
  const rooms = []
  for (const chatId of await listGroups(client, owners)) {
    const group = await readGroup(client, chatId)
    if (group) rooms.push(snapshotOf(group))
  }
  return rooms
}

/** Returns a group in the terms of the port. */
export function snapshotOf({ chat_id, name, member_list }: GroupDetail): RoomSnapshot {
  return {
    username: chat_id,
    name,
    memberCount: member_list.length,
    wechatId: null,
    headSeq: null,
    // The company owns it; which employee does, does not matter here.
    isOwn: true,
    members: null,
  }
}

const customerType = 2

/** Returns the customers of a group; `state` is what the join way carried by which each joined. */
export function customersOf({ member_list }: GroupDetail) {
  return member_list
    .filter(({ type }) => type === customerType)
    .map(({ userid, name, group_nickname, state }) => ({
      username: userid,
      nickname: name || group_nickname,
      groupName: group_nickname,
      state,
    }))
}
