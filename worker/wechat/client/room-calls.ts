import type { WebClient } from '@/worker/wechat/client/web-client'

/** Creates a room with these contacts, at least two. */
export async function createRoom(client: WebClient, topic: string, usernames: string[]): Promise<unknown> {
  const query = { pass_ticket: client.credentials.passTicket, lang: 'zh_CN', r: ~Date.now() }
  const MemberList = usernames.map((UserName) => ({ UserName }))
  return client.post('webwxcreatechatroom', { MemberCount: MemberList.length, MemberList, Topic: topic }, query)
}

const listNames = { addmember: 'AddMemberList', invitemember: 'InviteMemberList' } as const

/** Adds a contact to a room, or sends the contact an invitation card, which a room of more than 40 requires. */
export async function changeMembers(
  client: WebClient,
  fun: keyof typeof listNames,
  { room, username }: { room: string; username: string },
): Promise<void> {
  await client.post('webwxupdatechatroom', { ChatRoomName: room, [listNames[fun]]: username }, { fun })
}

export async function renameRoom(client: WebClient, room: string, topic: string): Promise<void> {
  await client.post('webwxupdatechatroom', { ChatRoomName: room, NewTopic: topic }, { fun: 'modtopic' })
}
