import { expect, it } from 'vitest'
import { replySettings } from '@/lib/db/schema/reply'
import { newId } from '@/lib/id'
import { createRule } from '@/lib/rule/change-rules'
import { completeRule } from '@/lib/rule/rule-fields'
import { useGatewayRobot } from '@/worker/gateway/testing/use-gateway-robot'

const given = useGatewayRobot()
const { test } = given

it('F2: a person who joins a room of a gateway is welcomed once by the rule of joins', async () => {
  const { applicationId } = given
  await test.db.insert(replySettings).values({ applicationId, usesRules: true })
  const rule = completeRule.parse({ name: '欢迎', trigger: 'joined', answer: 'text', content: '欢迎 {name}' })
  await test.db.transaction((tx) => createRule(tx, { applicationId, ruleId: newId('rule'), ...rule }))
  await given.goOnline()
  const { rooms } = (await test.control('/state')) as { rooms: { id: string; members: { wxid: string }[] }[] }
  const room = rooms.find(({ members }) => members.some(({ wxid }) => wxid === given.account))!
  const { wxid } = await test.control('/accounts', { nickname: '新来的', canLogIn: false })
  await test.control(`/rooms/${encodeURIComponent(room.id)}/join`, { wxid, inviter: given.account })
  const decisions = () =>
    test.sql<{ event_key: string; person_name: string; outcome: string | null }[]>`
      select event_key, person_name, outcome from reply_decisions where robot_id = ${given.robotId}`
  await test.until(async () => (await decisions()).length === 1)
  expect(await decisions()).toMatchObject([{ event_key: expect.stringMatching(/^join:/), person_name: '新来的' }])
  await test.until(async () => (await decisions())[0]?.outcome === 'replied')
  const sent = (await test.messages(given.robotId)).filter(({ direction }) => direction === 'out')
  expect(sent).toMatchObject([{ content: '欢迎 新来的', replySource: 'rule' }])
})
