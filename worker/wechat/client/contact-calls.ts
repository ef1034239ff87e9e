import type { WebClient } from '@/worker/wechat/client/web-client'

/** Fetches a page of the address book, from `seq`. */
export async function fetchContactPage(client: WebClient, seq: number): Promise<unknown> {
  return client.get('webwxgetcontact', { seq, skey: client.credentials.skey, r: Date.now() })
}

/** Fetches the details of up to 50 contacts and rooms. */
export async function fetchContactDetails(client: WebClient, usernames: string[]): Promise<unknown> {
  const List = usernames.map((UserName) => ({ UserName, EncryChatRoomId: '' }))
  const query = { pass_ticket: client.credentials.passTicket, type: 'ex', r: Date.now(), lang: 'zh_CN' }
  const { ContactList } = await client.post('webwxbatchgetcontact', { Count: List.length, List }, query)
  return ContactList
}

/** Accepts a friend request. */
export async function acceptFriend(client: WebClient, username: string, ticket: string): Promise<void> {
  const { skey } = client.credentials
  const body = {
    Opcode: 3,
    VerifyUserListSize: 1,
    VerifyUserList: [{ Value: username, VerifyUserTicket: ticket }],
    VerifyContent: '',
    SceneListCount: 1,
    SceneList: [33],
    skey,
  }
  await client.post('webwxverifyuser', body, queryOf(client))
}

/** Sets the name that this account gives a contact. */
export async function setRemark(client: WebClient, username: string, remark: string): Promise<void> {
  await client.post('webwxoplog', { CmdId: 2, RemarkName: remark, UserName: username }, queryOf(client))
}

function queryOf({ credentials }: WebClient) {
  return { pass_ticket: credentials.passTicket, lang: 'zh_CN' }
}
