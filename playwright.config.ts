import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path))
/** Tests that need no browser: the API over HTTP, and the product as a process. */
const browserless = ['**/process.spec.ts', '**/*.api.spec.ts']

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  globalSetup: './e2e/global-setup.ts',
  workers: 2,
  retries: 0,
  timeout: 60_000,
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'server', testMatch: browserless },
    {
      name: 'desktop',
      testIgnore: browserless,
      use: { browserName: 'chromium', viewport: { width: 1280, height: 800 } },
    },
    {
      name: 'phone',
      // There the server does the work, whatever the screen.
      testIgnore: [...browserless, '**/many-robots.spec.ts'],
      use: { browserName: 'chromium', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    },
  ],
})
