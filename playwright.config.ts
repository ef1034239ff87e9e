import { defineConfig } from '@playwright/test'
import { usualBrowser } from './e2e/launch-options'

/** Tests that need no browser: the API over HTTP, and the product as a process. */
const browserless = ['**/process.spec.ts', '**/*.api.spec.ts']
/** Tests whose subject does not depend on the screen: the server's work, sessions, the keyboard, or what a role may see. */
const screenless = [
  'fonts',
  'gateway',
  'keyboard',
  'many-robots',
  'operators',
  'sessions',
  'tokens',
  'viewer-pages',
  'weight',
]
const sameOnPhones = screenless.map((name) => `**/${name}.spec.ts`)

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  globalSetup: './e2e/global-setup.ts',
  // A worker waits for a third of its time, for example until the network is idle: three keep two processors busy.
  workers: 3,
  // A shared machine can starve a browser for seconds; the run reports each test that needed its retry.
  retries: process.env['CI'] ? 2 : 0,
  // Whole stories on a shared machine: a limit for what hangs, not a measure.
  timeout: 240_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // A trace adds a third to the processor time of a test; where failures are retried, only the retry is traced.
    trace: process.env['CI'] ? 'on-first-retry' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: usualBrowser,
  },
  projects: [
    { name: 'server', testMatch: browserless },
    {
      name: 'desktop',
      // The simulator has one company, so its test runs once, on the phone.
      testIgnore: [...browserless, '**/wecom.spec.ts'],
      use: { browserName: 'chromium', viewport: { width: 1280, height: 800 } },
    },
    {
      name: 'phone',
      testIgnore: [...browserless, ...sameOnPhones],
      use: { browserName: 'chromium', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    },
  ],
})
