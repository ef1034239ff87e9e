import type { ErrorCode } from '@/lib/errors'
import type { Logger } from '@/lib/logger'
import { CallRegistry } from './call-registry'
import { isRoomName } from './contact-book'
import { fetchAllRooms } from './fetch-rooms'
import type { Line } from './line'
import { openLine } from './open-line'
import { backoffMs, pause } from './pause'
import { listMembers, performOperation } from './perform-operation'
import type {
  ContactSnapshot,
  ListMembersOutcome,
  ListRoomsOutcome,
  OfflineReason,
  OpenOptions,
  Operation,
  OperationOutcome,
  SendOutcome,
  WechatConnection,
} from './port'
import { startRobotPuppet, type RobotPuppet } from './robot-puppet'
import { runLine } from './run-line'
import { sendImage, sendText } from './send'
import { offlineReasonOfError, toListFailure } from './wechat-errors'

const listWithinMs = 25_000
const bookWithinMs = 10_000
const logoutWithinMs = 10_000

type Options = OpenOptions & { wechatOrigin: string | undefined }
type Opened = { robot: RobotPuppet; line: Line }

/** One robot's line: starts by itself when made, and keeps whatever goes wrong to itself. */
export class WechatRobot implements WechatConnection {
  readonly #log: Logger
  readonly #calls = new CallRegistry()
  /** Ends loops, waits and events; calls under way end with `#calls`. */
  readonly #life = new AbortController()
  #opened: Opened | null = null
  #isOver = false
  #uploads: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: Options) {
    this.#log = options.log.child({ robotId: options.robotId })
    void this.#run(options.saved)
  }

  async listRooms(): Promise<ListRoomsOutcome> {
    const ready = this.#readyLine()
    if (!('line' in ready)) return { ...ready, outcome: 'failed' }
    const late = new AbortController()
    const tooLate = pause(listWithinMs, late.signal).then((): ListRoomsOutcome => {
      return { outcome: 'failed', code: 'COMMAND_TIMEOUT', message: '微信没有在 25 秒内给出全部群' }
    })
    const listed = fetchAllRooms(ready.line).then(
      (rooms): ListRoomsOutcome => ({ outcome: 'listed', rooms }),
      (error: unknown) => {
        this.#notice(error)
        return toListFailure(error)
      },
    )
    const outcome = await Promise.race([listed, tooLate])
    late.abort()
    return outcome
  }

  async canReach(to: string): Promise<boolean> {
    const line = this.#opened?.line
    if (!line || to === 'filehelper' || isRoomName(to) || line.book.knows(to)) return true
    // Before the address book is here, nobody can be called unknown.
    const late = new AbortController()
    const isLoaded = line.bookLoaded.promise.then(() => true)
    const isKnown = await Promise.race([isLoaded, pause(bookWithinMs, late.signal).then(() => false)])
    late.abort()
    return !isKnown || line.book.knows(to)
  }

  async sendText(to: string, text: string): Promise<SendOutcome> {
    const ready = this.#readyLine()
    if (!('line' in ready)) return { ...ready, outcome: 'unsent' }
    return sendText(ready.robot, { to, text, onFailure: (error) => this.#notice(error) })
  }

  async sendImage(to: string, image: { bytes: Buffer; contentType: string }): Promise<SendOutcome> {
    const sent = this.#uploads.then((): SendOutcome | Promise<SendOutcome> => {
      const ready = this.#readyLine()
      if (!('line' in ready)) return { ...ready, outcome: 'unsent' }
      return sendImage(ready.robot, { to, image, line: ready.line, onFailure: (error) => this.#notice(error) })
    })
    this.#uploads = sent
    return sent
  }

  async perform(operation: Operation): Promise<OperationOutcome> {
    const ready = this.#readyLine()
    if (!('line' in ready)) return { ...ready, outcome: 'unsent' }
    return performOperation(ready.line, operation, (error) => this.#notice(error))
  }

  contacts(): ContactSnapshot[] | null {
    const line = this.#opened?.line
    return line?.isBookLoaded ? line.book.contacts() : null
  }

  async listMembers(room: string): Promise<ListMembersOutcome> {
    const ready = this.#readyLine()
    if (!('line' in ready)) return { ...ready, outcome: 'failed' }
    return listMembers(ready.line, room, (error) => this.#notice(error))
  }

  async logout(): Promise<void> {
    this.#life.abort()
    const line = this.#opened?.line
    if (line?.client.PROP.sid && !this.#isOver) {
      const late = new AbortController()
      await Promise.race([line.client.logout().catch(() => undefined), pause(logoutWithinMs, late.signal)])
      late.abort()
    }
    await this.detach()
  }

  /** Does not wait for a batch that is being stored: whoever stores it may be the one who lets go. */
  async detach(): Promise<void> {
    this.#life.abort()
    this.#calls.close()
    await this.#opened?.robot.puppet.stop().catch(() => undefined)
  }

  async #run(saved: string | null): Promise<void> {
    let position = saved
    for (let failures = 0; !this.#life.signal.aborted && !this.#isOver;) {
      try {
        const opened = await this.#open((stored) => {
          position = stored
        })
        if (!this.#life.signal.aborted) await runLine(opened.line, position)
        return
      } catch (error) {
        if (this.#life.signal.aborted) return
        const reason = offlineReasonOfError(error)
        if (reason) return this.#end(reason)
        // Our own fault, so no reason to lose the login: once more with a fresh client, from the position that is stored.
        this.#log.error({ err: error }, 'the line to WeChat has failed, it is opened anew')
        await this.#opened?.robot.puppet.stop().catch(() => undefined)
        await pause(backoffMs(++failures, 1_000, 60_000), this.#life.signal)
      }
    }
  }

  async #open(onStored: (position: string) => void): Promise<Opened> {
    const { commitBatch, mayCall, wechatOrigin } = this.options
    const robot = await startRobotPuppet()
    const line = openLine({
      client: robot.client,
      wechatOrigin,
      calls: this.#calls,
      mayCall,
      signal: this.#life.signal,
      log: this.#log,
      commitBatch: async (events, position) => {
        await commitBatch(events, position)
        if (position !== null) onStored(position)
      },
    })
    this.#opened = { robot, line }
    if (this.#life.signal.aborted) await robot.puppet.stop()
    return this.#opened
  }

  /** A call's failure may be how we learn that the session is over. */
  #notice(error: unknown): void {
    const reason = offlineReasonOfError(error)
    if (reason) void this.#end(reason)
    else this.#log.warn({ err: error }, 'a call to WeChat has failed')
  }

  async #end(reason: OfflineReason): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    await this.#opened?.line.events.hand([{ type: 'offline', reason }], null)
    await this.detach()
  }

  #readyLine(): Opened | { code: ErrorCode; message: string } {
    if (this.#isOver) return { code: 'SESSION_GONE', message: '微信登录已失效' }
    if (this.#life.signal.aborted || this.#opened?.line.phase !== 'online')
      return { code: 'WECHAT_UNREACHABLE', message: '微信连接尚未就绪' }
    return this.#opened
  }
}
