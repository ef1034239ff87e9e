import { z } from 'zod'
import type { VendorClient, VendorPuppet, UploadedFile } from '@/worker/wechat/client/vendor-client'

/** The puppet of one login, and its client. */
export type RobotPuppet = { puppet: InstanceType<Awaited<ReturnType<typeof defineRobotPuppet>>>; client: VendorClient }

let definition: ReturnType<typeof defineRobotPuppet> | undefined

/**
 * Starts a puppet with a new client, so that no login sees data of a previous one. It makes no call by itself: our loops run login and sync,
 * and sends use its interface. `WechatyBuilder` is not used: its room and contact objects would fetch every member of every room and
 * discard the ids of sent messages.
 */
export async function startRobotPuppet(): Promise<RobotPuppet> {
  definition ??= defineRobotPuppet().catch((error: unknown) => {
    definition = undefined
    throw error
  })
  const puppet = new (await definition)()
  puppet.on('error', () => undefined)
  await puppet.start()
  if (!puppet.wechat4u) throw new Error('the puppet started without its client')
  return { puppet, client: puppet.wechat4u }
}

/**
 * Imports the vendor's puppet (3 s the first time) without its side effects: wechat4u listens to `uncaughtException`, which hides crashes
 * of the process, and both packages can log sessions if environment variables say so.
 */
async function importVendorPuppet() {
  const before = process.listeners('uncaughtException')
  const [{ PuppetWechat4u }, { log }] = await Promise.all([import('wechaty-puppet-wechat4u'), import('wechaty-puppet')])
  for (const listener of process.listeners('uncaughtException'))
    if (!before.includes(listener)) process.off('uncaughtException', listener)
  log.level('silent')
  return PuppetWechat4u
}

async function defineRobotPuppet() {
  const Vendor = (await importVendorPuppet()) as unknown as { new (): VendorPuppet; prototype: VendorPuppet }

  return class extends Vendor {
    /** Called by the vendor's `onStart` with the new client; keeps the client from starting by itself. */
    override monkeyPatch(client: VendorClient): void {
      client.start = client.restart = () => undefined
      client.on('error', () => undefined)
    }

    /** Does the same as the inherited method; required because its declared type is abstract. */
    override async onStart(): Promise<void> {
      await Vendor.prototype.onStart.call(this)
    }

    /** Empty: the vendor's listeners truncate texts, drop events older than their start and cause unhandled rejections. */
    override initHookEvents(): void {}

    /** Empty: the vendor's `onStop` logs the account out at WeChat. */
    override async onStop(): Promise<void> {}

    /** Returns WeChat's MsgID, or "" if the response has none. */
    override async messageSendText(to: string, text: string): Promise<string> {
      return readMessageId(await this.vendorClient.sendText(text, to))
    }

    /** Uploads a file without sending it. */
    uploadFile(to: string, file: { bytes: Buffer; name: string }): Promise<UploadedFile> {
      return this.vendorClient.uploadMedia(file.bytes, file.name, to)
    }

    /** Sends an uploaded file with the call for its type; returns WeChat's MsgID. */
    async sendUploaded(to: string, file: UploadedFile): Promise<string> {
      if (/^(bmp|jpe?g|png)$/.test(file.ext)) return readMessageId(await this.vendorClient.sendPic(file.mediaId, to))
      if (file.ext === 'gif') return readMessageId(await this.vendorClient.sendEmoticon(file.mediaId, to))
      return readMessageId(await this.vendorClient.sendDoc(file.mediaId, file.name, file.size, file.ext, to))
    }

    override async messageSendFile(...[to, file]: Parameters<VendorPuppet['messageSendFile']>): Promise<string> {
      return this.sendUploaded(to, await this.uploadFile(to, { bytes: await file.toBuffer(), name: file.name }))
    }

    get vendorClient(): VendorClient {
      if (!this.wechat4u) throw new Error('the puppet is not started')
      return this.wechat4u
    }
  }
}

const sent = z.object({ MsgID: z.union([z.string(), z.number().transform(String)]).catch('') })

function readMessageId(response: unknown): string {
  return sent.safeParse(response).data?.MsgID ?? ''
}
