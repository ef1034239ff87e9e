import { existsSync } from 'node:fs'

const find = (...paths: (string | undefined)[]) => paths.find((path) => path && existsSync(path))
const launchOptions = (executablePath: string | undefined) => ({
  ...(executablePath ? { executablePath } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})

const fullPath = find(process.env['CHROMIUM_PATH'], '/usr/bin/chromium')

/** Starts Chromium with all its features. */
export const fullBrowser = launchOptions(fullPath)

/** Starts Chromium's headless shell where the system has it, which costs a third less processor time; else Chromium. */
export const usualBrowser = launchOptions(find('/usr/bin/chromium-headless-shell') ?? fullPath)
