import { z } from 'zod'
import { importStockPuppet } from './import-stock-puppet'
import type { StockClient, StockPuppet, UploadedFile } from './stock-client'

/** A puppet of one login, and the client inside it. */
export type RobotPuppet = { puppet: InstanceType<Awaited<ReturnType<typeof defineRobotPuppet>>>; client: StockClient }

let definition: ReturnType<typeof defineRobotPuppet> | undefined

/**
 * Starts a fresh puppet with a fresh client: what one login knew never shows up in the next. It makes no call by itself: login and
 * sync are run by our own loops, sends go through its interface. `WechatyBuilder` is not used: its room and contact objects would fetch
 * every member of every room and drop the ids of what was sent, which adds weight and nothing else here.
 */
export async function startRobotPuppet(): Promise<RobotPuppet> {
  definition ??= defineRobotPuppet().catch((error: unknown) => {
    definition = undefined
    throw error
  })
  const puppet = new (await definition)()
  puppet.on('error', () => undefined)
  await puppet.start()
  if (!puppet.wechat4u) throw new Error('the puppet has started without its client')
  return { puppet, client: puppet.wechat4u }
}

async function defineRobotPuppet() {
  const Stock = (await importStockPuppet()) as unknown as { new (): StockPuppet; prototype: StockPuppet }

  return class extends Stock {
    /** Called by the stock `onStart` with the new client, before that starts: it shall wait for us instead. */
    override monkeyPatch(client: StockClient): void {
      client.start = client.restart = () => undefined
      client.on('error', () => undefined)
    }

    /** The same as without it; said here because the type it comes with is abstract. */
    override async onStart(): Promise<void> {
      await Stock.prototype.onStart.call(this)
    }

    /** The stock listeners cut texts, drop what is older than their start, and reject where nobody listens. */
    override initHookEvents(): void {}

    /** The stock `onStop` logs the account out at WeChat. */
    override async onStop(): Promise<void> {}

    /** Resolves with WeChat's MsgID, "" when the answer has none. */
    override async messageSendText(to: string, text: string): Promise<string> {
      return readMessageId(await this.stock.sendText(text, to))
    }

    /** Uploads a file. Nothing is sent by that. */
    uploadFile(to: string, file: { bytes: Buffer; name: string }): Promise<UploadedFile> {
      return this.stock.uploadMedia(file.bytes, file.name, to)
    }

    /** Sends an uploaded file in the way its kind wants; resolves with WeChat's MsgID. */
    async sendUploaded(to: string, file: UploadedFile): Promise<string> {
      if (/^(bmp|jpe?g|png)$/.test(file.ext)) return readMessageId(await this.stock.sendPic(file.mediaId, to))
      if (file.ext === 'gif') return readMessageId(await this.stock.sendEmoticon(file.mediaId, to))
      return readMessageId(await this.stock.sendDoc(file.mediaId, file.name, file.size, file.ext, to))
    }

    override async messageSendFile(...[to, file]: Parameters<StockPuppet['messageSendFile']>): Promise<string> {
      return this.sendUploaded(to, await this.uploadFile(to, { bytes: await file.toBuffer(), name: file.name }))
    }

    get stock(): StockClient {
      if (!this.wechat4u) throw new Error('the puppet is not started')
      return this.wechat4u
    }
  }
}

const sent = z.object({ MsgID: z.union([z.string(), z.number().transform(String)]).catch('') })

function readMessageId(answer: unknown): string {
  return sent.safeParse(answer).data?.MsgID ?? ''
}
