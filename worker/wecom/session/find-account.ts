import { accountList, contactWay } from '@/worker/wecom/protocol/shapes'
import type { WecomClient } from '@/worker/wecom/client/wecom-client'

const callMs = 10_000
const pageSize = 100
/** A company has a maximum of 5,000 accounts (assumed). */
const maxPages = 50

export type KfAccount = { openKfId: string; name: string; canSend: boolean }

/** Lists the 客服 accounts that the app has permission to access. @throws WecomError */
export async function listAccounts(client: WecomClient): Promise<KfAccount[]> {
  const accounts: KfAccount[] = []
  for (let page = 0; page < maxPages; page++) {
    const body = { offset: page * pageSize, limit: pageSize }
    const { account_list: listed } = accountList.parse(await client.post('kf/account/list', body, callMs))
    accounts.push(
      ...listed.map(({ open_kfid, name, manage_privilege }) => ({
        openKfId: open_kfid,
        name,
        canSend: manage_privilege,
      })),
    )
    if (listed.length < pageSize) break
  }
  return accounts
}

/** Returns the account with this `open_kfid`, otherwise by name. missing: no account matches; ambiguous: several have this name. */
export async function findAccount(client: WecomClient, username: string): Promise<KfAccount | 'missing' | 'ambiguous'> {
  const accounts = await listAccounts(client)
  const exact = accounts.find(({ openKfId }) => openKfId === username)
  const [named, ...more] = accounts.filter(({ name }) => name === username)
  return exact ?? (more.length > 0 ? 'ambiguous' : (named ?? 'missing'))
}

/** Returns the link by which anyone opens a chat with an account. undefined: WeCom gives none; the robot works without. */
export async function findContactUrl(client: WecomClient, openKfId: string): Promise<string | undefined> {
  const way = client.post('kf/add_contact_way', { open_kfid: openKfId, scene: 'wxbot' }, callMs)
  return way.then((value) => contactWay.parse(value).url).catch(() => undefined)
}
