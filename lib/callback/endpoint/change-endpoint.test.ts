import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEndpoint, maxEndpoints, removeEndpoint, updateEndpoint } from '@/lib/callback/endpoint/change-endpoint'
import { type EndpointChange, endpointFields } from '@/lib/callback/endpoint/endpoint-fields'
import { rotateEndpointSecret, showEndpointSecret } from '@/lib/callback/endpoint/endpoint-secret'
import { getAdditionalEndpointOrThrow, listAdditionalEndpoints } from '@/lib/callback/endpoint/find-endpoint'
import { openHeaders } from '@/lib/callback/endpoint/headers'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { createSealer } from '@/lib/secret'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])
let database: TestDatabase
let applicationId: string
beforeAll(async () => {
  database = await createTestDatabase()
  applicationId = await givenApplication(database.db)
})
afterAll(() => database.drop())

const create = (fields: object = {}, owner = applicationId) => {
  const given = { name: '订单', url: 'https://dev.test/orders', eventTypes: ['send_message'], ...fields }
  return database.db.transaction((tx) =>
    createEndpoint(tx, { sealer, applicationId: owner, fields: endpointFields.parse(given) }),
  )
}
const update = (endpointId: string, change: EndpointChange, owner = applicationId) =>
  database.db.transaction((tx) => updateEndpoint(tx, { sealer, endpointId, applicationId: owner, change }))
const headersOf = async (endpointId: string) => {
  const [row] = await database.db.select().from(applicationEndpoints).where(eq(applicationEndpoints.id, endpointId))
  return openHeaders(sealer, { endpointId, headersSealed: row?.headersSealed ?? null })
}

describe('an additional endpoint', () => {
  it('an additional endpoint is listed without its signing secret and its headers', async () => {
    const headers = [{ name: 'Authorization', value: 'Bearer geheim' }]
    const { endpoint, signingSecret } = await create({ headers })
    expect(endpoint).toMatchObject({ name: '订单', headerNames: ['Authorization'], robotIds: null, roomIds: null })
    const listed = JSON.stringify(await listAdditionalEndpoints(database.db, { applicationId }))
    expect(listed).not.toMatch(/geheim|whsec_/)
    expect(await showEndpointSecret(database.db, { sealer, endpointId: endpoint.id })).toEqual({ signingSecret })
    const [row] = await database.db.select().from(applicationEndpoints).where(eq(applicationEndpoints.id, endpoint.id))
    expect(JSON.stringify(row)).not.toMatch(/geheim|whsec_/)
  })

  it('keeps a header without a value, removes one that is not named, and asks for all values on another host', async () => {
    const headers = [
      { name: 'X-One', value: '1' },
      { name: 'X-Two', value: '2' },
    ]
    const { endpoint } = await create({ headers })
    await update(endpoint.id, { url: 'https://dev.test/other' })
    expect(await headersOf(endpoint.id)).toEqual({ 'X-One': '1', 'X-Two': '2' })
    const kept = [{ name: 'x-one', value: '' }]
    expect((await update(endpoint.id, { headers: kept })).after.headerNames).toEqual(['x-one'])
    expect(await headersOf(endpoint.id)).toEqual({ 'x-one': '1' })
    const again = { options: { reason: 'endpoint_header_again' } }
    const moved = { url: 'https://other.test/cb' }
    await expect(update(endpoint.id, moved)).rejects.toMatchObject(again)
    await expect(update(endpoint.id, { ...moved, headers: kept })).rejects.toMatchObject(again)
    await update(endpoint.id, { ...moved, headers: [{ name: 'X-One', value: '3' }] })
    expect(await headersOf(endpoint.id)).toEqual({ 'X-One': '3' })
    await expect(update(endpoint.id, { headers: [{ name: 'X-New', value: '' }] })).rejects.toMatchObject({
      options: { reason: 'endpoint_header_empty' },
    })
  })

  it.each(['Content-Type', 'Host', 'webhook-id', 'wxbot-sequence', 'Transfer-Encoding', 'a b', 'x:y', ''])(
    'an additional endpoint may not have a header named %j',
    (name) => {
      const given = {
        name: 'x',
        url: 'https://dev.test',
        eventTypes: ['send_message'],
        headers: [{ name, value: 'v' }],
      }
      expect(endpointFields.safeParse(given).success).toBe(false)
    },
  )

  it('an additional endpoint has robots and rooms of its own application only', async () => {
    const { db } = database
    const robotId = await givenRobot(db, { applicationId })
    const roomId = await givenRoom(db, { robotId, name: '一号群', username: '@@1' })
    const foreignRobotId = await givenRobot(db)
    const foreignRoomId = await givenRoom(db, { robotId: foreignRobotId, name: '外群', username: '@@2' })
    const { endpoint } = await create({ robotIds: [robotId, robotId], roomIds: [roomId] })
    expect(endpoint).toMatchObject({ robotIds: [robotId], roomIds: [roomId] })
    const refused = { code: 'INVALID_PARAMETER' }
    await expect(create({ robotIds: [robotId, foreignRobotId] })).rejects.toMatchObject(refused)
    await expect(create({ roomIds: [foreignRoomId] })).rejects.toMatchObject(refused)
    await expect(update(endpoint.id, { roomIds: [foreignRoomId] })).rejects.toMatchObject(refused)
    expect((await update(endpoint.id, { roomIds: [], robotIds: [] })).after).toMatchObject({
      robotIds: null,
      roomIds: null,
    })
  })

  it('an additional endpoint cannot be read, changed, rotated or removed by another application', async () => {
    const { db } = database
    const { endpoint } = await create()
    const other = await givenApplication(db)
    const target = { endpointId: endpoint.id, applicationId: other }
    const notFound = { code: 'NOT_FOUND' }
    await expect(getAdditionalEndpointOrThrow(db, target)).rejects.toMatchObject(notFound)
    await expect(update(endpoint.id, { name: 'x' }, other)).rejects.toMatchObject(notFound)
    const rotate = db.transaction((tx) => rotateEndpointSecret(tx, { sealer, overlapSeconds: 60, ...target }))
    await expect(rotate).rejects.toMatchObject(notFound)
    await expect(db.transaction((tx) => removeEndpoint(tx, target))).rejects.toMatchObject(notFound)
    expect(await getAdditionalEndpointOrThrow(db, { endpointId: endpoint.id })).toMatchObject({ name: '订单' })
  })

  it('an additional endpoint has a new secret after a rotation', async () => {
    const { endpoint, signingSecret } = await create()
    const target = { endpointId: endpoint.id, applicationId }
    const rotated = await database.db.transaction((tx) =>
      rotateEndpointSecret(tx, { sealer, overlapSeconds: 60, ...target }),
    )
    expect(rotated.signingSecret).not.toBe(signingSecret)
    expect(await showEndpointSecret(database.db, { sealer, ...target })).toEqual({
      signingSecret: rotated.signingSecret,
    })
  })

  it('an additional endpoint is refused beyond the maximum, also when requests come at once', async () => {
    const owner = await givenApplication(database.db)
    const outcomes = await Promise.allSettled(Array.from({ length: maxEndpoints + 2 }, () => create({}, owner)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxEndpoints)
    expect(await listAdditionalEndpoints(database.db, { applicationId: owner })).toHaveLength(maxEndpoints)
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { options: { reason: 'endpoint_limit' } },
    })
  })
})
