type Sample = { key: 'setToken' | 'createRobot' | 'login' | 'syncRooms' | 'listRooms' | 'sendMessage'; code: string }

/** Writes the main job as shell lines; the token comes from a variable, so that it stays out of the shell's history. */
export function curlSamples({ publicUrl, robotId }: { publicUrl: string; robotId: string | null }): Sample[] {
  const robot = `${publicUrl}/robots/${robotId ?? '$ROBOT'}`
  const post = (url: string, fields: string) => `curl -sX POST "${url}" \\\n  -d '{"token": "'"$TOKEN"'"${fields}}'`
  return [
    { key: 'setToken', code: 'read -rs TOKEN' },
    { key: 'createRobot', code: post(`${publicUrl}/robots`, ', "username": "weimi1001"') },
    { key: 'login', code: post(`${robot}/login`, ', "agent_id": "100086"') },
    { key: 'syncRooms', code: post(`${robot}/rooms/sync`, '') },
    { key: 'listRooms', code: `curl -s "${robot}/rooms?token=$TOKEN"` },
    {
      key: 'sendMessage',
      code: post(`${robot}/message`, `, "to_user": "'"$ROOM"'", "msg_type": "text", "content": "你好"`),
    },
  ]
}
