import { exampleAgentId, type WriteSamples } from '@/components/application/samples/sample'

/** Writes a module for Node 20 without packages; the token comes from the environment. */
export const writeNode: WriteSamples = ({ publicUrl, robotId, agentId }) => {
  const robot = `/robots/${robotId ?? '${process.env.ROBOT}'}`
  return {
    prepare: `const base = '${publicUrl}'
const token = process.env.TOKEN

async function post(path, fields) {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, ...fields }),
  })
  return response.json()
}`,
    createRobot: `console.log(await post('/robots', { username: 'weimi1001' }))`,
    login: `console.log(await post(\`${robot}/login\`, { agent_id: '${agentId ?? exampleAgentId}' }))`,
    syncRooms: `console.log(await post(\`${robot}/rooms/sync\`))`,
    listRooms: `const rooms = await fetch(\`\${base}${robot}/rooms?token=\${token}\`)
console.log(await rooms.json())`,
    sendMessage: `console.log(await post(\`${robot}/message\`, {
  to_user: process.env.ROOM,
  msg_type: 'text',
  content: '你好',
}))`,
  }
}
