import {
  createAlertChannel,
  listAlertChannels,
  listAlerts,
  removeAlertChannel,
  testAlertChannel,
  updateAlertChannel,
} from '@/lib/http/contract/alert-contracts'
import {
  createArticle,
  importArticles,
  listArticles,
  removeArticle,
  saveArticle,
} from '@/lib/http/contract/article-contracts'
import { replayCallbacks } from '@/lib/http/contract/callback-contracts'
import {
  addConversationNote,
  assignConversation,
  listConversationNotes,
  markConversationRead,
  reopenConversation,
  replyInConversation,
  requestConversationHandover,
  resolveConversation,
} from '@/lib/http/contract/conversation-change-contracts'
import {
  listConversationMessages,
  listConversations,
  showConversation,
} from '@/lib/http/contract/conversation-contracts'
import { showConversationFigures } from '@/lib/http/contract/conversation-figure-contracts'
import type { Contract } from '@/lib/http/contract/contract'
import {
  acceptFriendRequest,
  listContacts,
  listFriendRequests,
  refuseFriendRequest,
  setContactRemark,
} from '@/lib/http/contract/contact-contracts'
import { listReplyDecisions } from '@/lib/http/contract/decision-contracts'
import {
  createEndpoint,
  listEndpoints,
  removeEndpoint,
  resumeEndpoint,
  rollEndpointSecret,
  testEndpoint,
  updateEndpoint,
} from '@/lib/http/contract/endpoint-contracts'
import { enterLoginNumber } from '@/lib/http/contract/ilink-contracts'
import { listRobotMessages, sendMessage, sendMessageLater, showMessage } from '@/lib/http/contract/message-contracts'
import { askModel } from '@/lib/http/contract/model-contracts'
import {
  createQuickReply,
  listQuickReplies,
  removeQuickReply,
  updateQuickReply,
} from '@/lib/http/contract/quick-reply-contracts'
import { showQunPoster } from '@/lib/http/contract/poster-contracts'
import { createQun, listQuns, renewJoinToken, showQun, updateQun } from '@/lib/http/contract/qun-contracts'
import { decideQunMember, importQuns, listQunMembers } from '@/lib/http/contract/qun-member-contracts'
import { changeReception, showReception } from '@/lib/http/contract/reception-contracts'
import { showReplySettings, updateReplySettings } from '@/lib/http/contract/reply-settings-contracts'
import {
  createRobot,
  listRobots,
  login,
  logout,
  removeRobot,
  showRobot,
  showRobotDetail,
} from '@/lib/http/contract/robot-contracts'
import {
  fetchRoomCode,
  listBoundRooms,
  listRoomMembers,
  listRooms,
  readRoomMembers,
  syncRooms,
} from '@/lib/http/contract/room-contracts'
import {
  createRule,
  dryRunRules,
  listRules,
  placeRule,
  removeRule,
  showRule,
  updateRule,
} from '@/lib/http/contract/rule-contracts'

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
  setContactRemark,
  listFriendRequests,
  acceptFriendRequest,
  refuseFriendRequest,
  showReception,
  changeReception,
  fetchRoomCode,
  listRoomMembers,
  readRoomMembers,
  listQuns,
  createQun,
  importQuns,
  showQun,
  updateQun,
  renewJoinToken,
  listQunMembers,
  decideQunMember,
  showQunPoster,
  listRobotMessages,
  sendMessageLater,
  showMessage,
  listConversations,
  showConversationFigures,
  showConversation,
  listConversationMessages,
  assignConversation,
  replyInConversation,
  requestConversationHandover,
  resolveConversation,
  reopenConversation,
  markConversationRead,
  listConversationNotes,
  addConversationNote,
  listQuickReplies,
  createQuickReply,
  updateQuickReply,
  removeQuickReply,
  listRules,
  createRule,
  showRule,
  updateRule,
  placeRule,
  removeRule,
  dryRunRules,
  listReplyDecisions,
  showReplySettings,
  updateReplySettings,
  listArticles,
  createArticle,
  importArticles,
  saveArticle,
  removeArticle,
  askModel,
  replayCallbacks,
  listEndpoints,
  createEndpoint,
  updateEndpoint,
  removeEndpoint,
  testEndpoint,
  resumeEndpoint,
  rollEndpointSecret,
  listAlertChannels,
  createAlertChannel,
  updateAlertChannel,
  removeAlertChannel,
  testAlertChannel,
  listAlerts,
]

const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
const uploads = allContracts
  .filter((contract) => contract.takesUpload)
  .map(({ path, method }) => ({ pattern: patternOf(path), method: method as string }))
const patterns = allContracts.map(({ path, method }) => ({
  pattern: patternOf(path),
  methods: method === 'GET' ? ['GET', 'HEAD'] : [method],
}))
const gatewayCallback = { pattern: /^\/v1\/gateway\/[^/]+\/callback$/, methods: ['POST'] }
const wecomCallback = { pattern: /^\/v1\/wecom\/[^/]+\/callback$/, methods: ['GET', 'POST'] }
const media = { pattern: /^\/v1\/media\/[^/]+$/, methods: ['GET', 'HEAD'] }

/** Returns whether the body of a request may contain an image or file. */
export function takesUpload({ method, path }: { method: string | undefined; path: string }): boolean {
  return uploads.some((call) => call.method === method && call.pattern.test(path))
}

/** Returns the methods of a path of the robots API; empty: no such path. */
export function methodsOf(path: string): string[] {
  const all = [...patterns, media, gatewayCallback, wecomCallback]
  return all.flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : []))
}
