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

function presentCapabilities(connection: RobotRow['connection']) {
  const { verifyCode, makeRoom, addMember, inviteMember, joinQr, friendRequests, replyWindow, ...rest } =
    capabilitiesOf[connection]
  return {
    ...rest,
    verify_code: verifyCode,
    make_room: makeRoom,
    add_member: addMember,
    invite_member: inviteMember,
    join_qr: joinQr,
    friend_requests: friendRequests,
    reply_window: replyWindow,
  }
}
