import type { CommitBatch, RoomSnapshot, WechatPort } from '@/worker/wechat/port'

/** A WeChat that takes every message at once, and that says what a benchmark lets it say. */
export type FakeWechat = { port: WechatPort; commitBatch: CommitBatch; rooms: RoomSnapshot[] }

const account = { uin: '1000', username: '@weimi', nickname: '微米' }

/** Creates a WeChat of one account with `roomCount` rooms; its session is online at once. */
export function createFakeWechat(roomCount: number): FakeWechat {
  const rooms = Array.from({ length: roomCount }, (_, index) => ({
    username: `@@${index}`,
    name: `群 ${index}`,
    memberCount: 3,
    wechatId: null,
    headSeq: null,
    isOwn: false,
    members: null,
  }))
  let sentCount = 0
  const accept = async () => ({ outcome: 'accepted', wechatId: String(++sentCount) }) as const
  const failed = async () => {
    throw new Error('not part of the benchmark')
  }
  const wechat: FakeWechat = {
    rooms,
    commitBatch: failed,
    port: {
      open({ commitBatch }) {
        wechat.commitBatch = commitBatch
        const online = [{ type: 'online', account } as const, { type: 'rooms', rooms, isComplete: true } as const]
        setImmediate(() => void commitBatch(online, 'position'))
        return {
          canReach: async () => true,
          sendText: accept,
          sendImage: accept,
          listRooms: async () => ({ outcome: 'listed', rooms }),
          contacts: () => [],
          perform: failed,
          listMembers: failed,
          enterNumber: failed,
          logout: async () => {},
          detach: async () => {},
        }
      },
    },
  }
  return wechat
}
