import { fetchImage } from '@/lib/egress/fetch-image'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { failWith } from '@/lib/errors'
import type { JoinWayOutcome } from '@/worker/wechat/port'
import type { WecomClient } from '@/worker/wecom/client/wecom-client'
import { isRefused } from '@/worker/wecom/client/wecom-error'
import { createdJoinWay, shownJoinWay } from '@/worker/wecom/groups/shapes'

const callMs = 10_000
const maxPictureBytes = 1024 * 1024
/** The only scene of a QR code; 1 is a plug-in of a mini program. */
const qrScene = 2

/** Creates the way to join a group, marked with `state`; returns its id. @throws WecomError */
export async function createJoinWay(
  client: WecomClient,
  { chatId, state }: { chatId: string; state: string },
): Promise<string> {
  const body = { scene: qrScene, remark: state, auto_create_room: 0, chat_id_list: [chatId], state }
  return createdJoinWay.parse(await client.post('externalcontact/groupchat/add_join_way', body, callMs)).config_id
}

/** Fetches the picture of a join way's QR code from where WeCom keeps it, through the egress guard. @throws WecomError */
export async function fetchJoinQr(
  client: WecomClient,
  { configId, egress, wecomOrigin }: { configId: string; egress: EgressPolicy; wecomOrigin: string | undefined },
): Promise<JoinWayOutcome> {
  const value = await client.post('externalcontact/groupchat/get_join_way', { config_id: configId }, callMs)
  const address = shownJoinWay.parse(value).join_way.qr_code
  const picture = await fetchImage({ policy: egress, url: place(address, wecomOrigin), maxBytes: maxPictureBytes })
  if (!picture.ok)
    return { outcome: 'failed', ...failWith('WECHAT_REFUSED', 'join_way_picture', { cause: picture.sentence }) }
  return { outcome: 'shown', picture: { contentType: picture.contentType, bytes: picture.bytes } }
}

/** The id of a join way is not valid (assumed): it was deleted before. */
const unknownWayCode = 40058

/** Deletes a join way, whose QR code then admits no one; succeeds if WeCom does not know it. @throws WecomError */
export async function deleteJoinWay(client: WecomClient, { configId }: { configId: string }): Promise<void> {
  try {
    await client.post('externalcontact/groupchat/del_join_way', { config_id: configId }, callMs)
  } catch (error) {
    if (!isRefused(error, unknownWayCode)) throw error
  }
}

/** `wecomOrigin` takes the place of every host of this wire. Spec: E9 (one conformance suite). */
function place(address: string, wecomOrigin: string | undefined): string {
  if (!wecomOrigin || !URL.canParse(address)) return address
  const { pathname, search } = new URL(address)
  return new URL(`${pathname}${search}`, wecomOrigin).href
}
