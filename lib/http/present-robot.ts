import QRCode from 'qrcode'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { RobotRow } from '@/lib/robot/robot-view'

export function presentRobot({ id, status, username, nickname }: RobotRow) {
  return { id, status, username, nickname }
}

/** A robot with what its connection can do. Spec: E1 (choice of connection), E3 (capabilities). */
export function presentRobotDetail(robot: RobotRow) {
  const { connection, contactUrl } = robot
  const contact = contactUrl ? { contact_url: contactUrl } : {}
  return { ...presentRobot(robot), connection, capabilities: presentCapabilities(connection), ...contact }
}

/** A robot as `presentRobotDetail`, with the QR code of its link to print; only a 客服 robot has one. Spec: E6 (WeCom customer service). */
export async function presentRobotWithQr(robot: RobotRow) {
  const { contactUrl } = robot
  const code = contactUrl ? { contact_qr: await QRCode.toDataURL(contactUrl, { margin: 2, width: 480 }) } : {}
  return { ...presentRobotDetail(robot), ...code }
}

/** How a 客服 robot receives people. Spec: E6 (WeCom customer service), F4 (handover). */
export function presentReception({ welcomeText, handsOverInService, servicerId }: RobotRow) {
  return { welcome_text: welcomeText, handover_in_service: handsOverInService, servicer_id: servicerId }
}

function presentCapabilities(connection: RobotRow['connection']) {
  const { login, rooms, direct, image, file, handover, logout, ...others } = capabilitiesOf[connection]
  const { verifyCode, makeRoom, addMember, inviteMember, joinQr, friendRequests, replyWindow } = others
  return {
    login,
    rooms,
    direct,
    image,
    file,
    handover,
    logout,
    verify_code: verifyCode,
    make_room: makeRoom,
    add_member: addMember,
    invite_member: inviteMember,
    join_qr: joinQr,
    friend_requests: friendRequests,
    reply_window: replyWindow,
  }
}
