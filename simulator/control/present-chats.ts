import { isMember } from '@/simulator/world/find-person'
import { fileHelper } from '@/simulator/world/post-message'
import type { World } from '@/simulator/world/world'
import { presentMessage } from '@/simulator/control/present-state'

/** Presents the chat list of a person's phone: their rooms and private chats, the latest first. */
export function presentChats(world: World, wxid: string) {
  const rooms = Object.values(world.data.rooms).filter((room) => isMember(room, wxid))
  const peers = Object.keys(world.data.messages).flatMap((chat) => {
    const pair = chat.split('|')
    return pair.length === 2 && pair.includes(wxid) ? [pair.find((other) => other !== wxid) ?? wxid] : []
  })
  const chats = [
    ...rooms.map((room) => ({ kind: 'room', id: room.id, name: room.name, chat: room.id })),
    ...peers.map((peer) => ({
      kind: 'person',
      id: peer,
      name: nameFor(world, wxid, peer),
      chat: [wxid, peer].sort().join('|'),
    })),
  ]
  return chats
    .map(({ chat, ...rest }) => {
      const last = world.data.messages[chat]?.at(-1)
      return { ...rest, lastMessage: last ? presentMessage(world, last) : null }
    })
    .sort((a, b) => (b.lastMessage?.atMs ?? 0) - (a.lastMessage?.atMs ?? 0))
}

function nameFor(world: World, wxid: string, peer: string): string {
  if (peer === fileHelper) return '文件传输助手'
  return world.data.friends[wxid]?.[peer]?.remark || world.data.people[peer]?.nickname || peer
}
