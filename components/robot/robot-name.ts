/** What a robot is called on screen: its nickname once it has one, else the WeChat id it was made with. */
export function robotName(robot: { nickname: string; username: string }): string {
  return robot.nickname || robot.username
}
