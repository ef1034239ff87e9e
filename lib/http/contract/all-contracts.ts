import { replayCallbacks } from './callback-contracts'
import type { Contract } from './contract'
import { sendMessage, sendMessageLater, showMessage } from './message-contracts'
import { createRobot, login, logout, removeRobot, showRobot } from './robot-contracts'
import { listBoundRooms, listRooms, syncRooms } from './room-contracts'

/** Every call with a token, in the order of the document. */
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
  sendMessageLater,
  showMessage,
  replayCallbacks,
]
