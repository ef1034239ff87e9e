import type { Page, TestInfo } from '@playwright/test'
import { expect } from '@/e2e/test'

/** Takes pictures at the width of a phone and of a desktop; the page must not be wider than either. */
export async function expectFits(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 800 })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await page.screenshot({ path: info.outputPath(`${name}-${width}.png`), fullPage: true })
  }
}
