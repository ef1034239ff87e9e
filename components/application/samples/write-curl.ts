import { exampleAgentId, type WriteSamples } from '@/components/application/samples/sample'

/** Writes shell commands; the token is in a variable, so it stays out of the shell history. */
export const writeCurl: WriteSamples = ({ publicUrl, robotId, agentId }) => {
  const robot = `${publicUrl}/robots/${robotId ?? '$ROBOT'}`
  const post = (url: string, fields: string) => `curl -sX POST "${url}" \\\n  -d '{"token": "'"$TOKEN"'"${fields}}'`
  return {
    prepare: 'read -rs TOKEN',
    createRobot: post(`${publicUrl}/robots`, ', "username": "weimi1001"'),
    login: post(`${robot}/login`, `, "agent_id": "${agentId ?? exampleAgentId}"`),
    syncRooms: post(`${robot}/rooms/sync`, ''),
    listRooms: `curl -s "${robot}/rooms?token=$TOKEN"`,
    sendMessage: post(`${robot}/message`, `, "to_user": "'"$ROOM"'", "msg_type": "text", "content": "你好"`),
  }
}
