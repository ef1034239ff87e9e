import { createdAccount } from '@/worker/wecom/protocol/shapes'
import { isDead, isRateLimited, isRefused } from '@/worker/wecom/client/wecom-error'
import type { KfAccount } from '@/worker/wecom/session/find-account'
import type { KfSession } from '@/worker/wecom/session/kf-session'

const callMs = 10_000
const uploadMs = 30_000

/** The picture of a new account, which an administrator can change in the console: a bubble on green. */
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">
  <rect width="256" height="256" fill="#067d40"/>
  <path d="M56 72h144a16 16 0 0 1 16 16v72a16 16 0 0 1-16 16h-72l-40 32v-32H56a16 16 0 0 1-16-16V88a16 16 0 0 1 16-16z" fill="#ffffff"/>
</svg>`

/**
 * Creates a 客服 account with this name, which the app then manages. null: WeCom refuses it. A worker that stops after the call finds the
 * account by its name, so that it is created once. @throws WecomError for what may end by itself, and for dead credentials
 */
export async function createAccount({ client, log }: KfSession, name: string): Promise<KfAccount | null> {
  try {
    const { default: sharp } = await import('sharp')
    const bytes = await sharp(Buffer.from(picture)).png().toBuffer()
    const upload = { bytes, contentType: 'image/png', fileName: 'account.png' }
    const mediaId = await client.upload('image', upload, uploadMs)
    const value = await client.post('kf/account/add', { name, media_id: mediaId }, callMs)
    return { openKfId: createdAccount.parse(value).open_kfid, name, canSend: true }
  } catch (error) {
    if (!isRefused(error) || isRateLimited(error) || isDead(error)) throw error
    log.warn({ err: error, account: name }, 'WeCom refused to create a customer service account')
    return null
  }
}
