import { afterAll, beforeAll } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

/** Provides the API tests of one file with a database, a web context, and one application with its access token. */
export function useTenant() {
  let database: TestDatabase
  let web: TestWeb
  let created: { applicationId: string; token: string }
  beforeAll(async () => {
    database = await createTestDatabase()
    web = await openTestWeb(database)
    const application = { sealer: web.context.sealer, name: 'a', callbackUrl: null }
    created = await database.db.transaction((tx) => createApplication(tx, application))
  })
  afterAll(async () => {
    await web.close()
    await database.drop()
  })

  return {
    get db() {
      return database.db
    },
    get sql() {
      return database.sql
    },
    get web() {
      return web
    },
    get applicationId() {
      return created.applicationId
    },
    get token() {
      return created.token
    },
  }
}
