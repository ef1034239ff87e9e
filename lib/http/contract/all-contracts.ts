import { replayCallbacks } from '@/lib/http/contract/callback-contracts'
import {
  assignConversation,
  listConversationMessages,
  listConversations,
  replyInConversation,
  resolveConversation,
  showConversation,
} from '@/lib/http/contract/conversation-contracts'
import type { Contract } from '@/lib/http/contract/contract'
import { enterLoginNumber, listContacts } from '@/lib/http/contract/ilink-contracts'
import { sendMessage, sendMessageLater, showMessage } from '@/lib/http/contract/message-contracts'
import {
  createRule,
  dryRunRules,
  importArticles,
  listArticles,
  listRules,
  removeArticle,
  removeRule,
  saveArticle,
  updateRule,
} from '@/lib/http/contract/reply-contracts'
import {
  createRobot,
  listRobots,
  login,
  logout,
  removeRobot,
  showRobot,
  showRobotDetail,
} from '@/lib/http/contract/robot-contracts'
import { fetchRoomCode, listBoundRooms, listRooms, syncRooms } from '@/lib/http/contract/room-contracts'

/** All calls that take a token, in the order of the reference. */
export const allContracts: readonly Contract[] = [
  createRobot,
  showRobot,
  removeRobot,
  login,
  syncRooms,
  listRooms,
  sendMessage,
  logout,
  listBoundRooms,
  listRobots,
  showRobotDetail,
  enterLoginNumber,
  listContacts,
  fetchRoomCode,
  sendMessageLater,
  showMessage,
  listConversations,
  showConversation,
  listConversationMessages,
  assignConversation,
  replyInConversation,
  resolveConversation,
  listRules,
  createRule,
  updateRule,
  removeRule,
  dryRunRules,
  listArticles,
  importArticles,
  saveArticle,
  removeArticle,
  replayCallbacks,
]

const patterns = allContracts.map(({ path, method }) => ({
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  methods: method === 'GET' ? ['GET', 'HEAD'] : [method],
}))
const gatewayCallback = { pattern: /^\/v1\/gateway\/[^/]+\/callback$/, methods: ['POST'] }
const media = { pattern: /^\/v1\/media\/[^/]+$/, methods: ['GET', 'HEAD'] }

/** Returns the methods of a path of the robots API; empty: no such path. */
export function methodsOf(path: string): string[] {
  return [...patterns, media, gatewayCallback].flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : []))
}
