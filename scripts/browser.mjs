// Which browser the tests drive: Playwright's own, else the system's Chromium.
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome',
]

/**
 * Launch options for Playwright, or null when there is no browser at all.
 * @returns {{ channel: string } | { executablePath: string } | null}
 */
export function findBrowser() {
  if (existsSync(chromium.executablePath())) return { channel: 'chromium' }
  const executablePath = SYSTEM.find((file) => existsSync(file))
  return executablePath ? { executablePath } : null
}
