import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SCREENSHOTS = fileURLToPath(new URL('../../screenshots', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const SCHEMES = ['light', 'dark'] as const;
export const SIZES = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 360, height: 740 },
} as const;

export interface VisitOptions {
  scheme?: (typeof SCHEMES)[number];
  size?: keyof typeof SIZES;
  reducedMotion?: boolean;
}

/** A page with what it did that it should not have. */
export interface Visit {
  page: Page;
  /** Requests to another origin than the page's own. */
  elsewhere: string[];
  /** What the Content-Security-Policy refused. */
  violations: string[];
  /** Errors that nothing caught, and what was logged as an error. */
  faults: string[];
}

let browser: Browser | undefined;
let contexts: BrowserContext[] = [];

afterEach(async () => {
  const open = contexts;
  contexts = [];
  await Promise.all(open.map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  browser = undefined;
});

/** Opens an address in a fresh profile; it is closed after the test. */
export async function visit(
  url: string,
  { scheme = 'light', size = 'desktop', reducedMotion = false }: VisitOptions = {},
): Promise<Visit> {
  browser ??= await chromium.launch({ executablePath: process.env['CHROMIUM'] as string, args: ARGS });
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: SIZES[size],
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  contexts.push(context);
  const page = await context.newPage();
  const seen: Visit = { page, elsewhere: [], violations: [], faults: [] };
  const { host } = new URL(url);
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (/^(http|ws)s?:$/.test(asked.protocol) && asked.host !== host) seen.elsewhere.push(request.url());
  });
  page.on('pageerror', (error) => seen.faults.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|Trusted ?Type/i.test(text)) seen.violations.push(text);
    else if (message.type() === 'error') seen.faults.push(text);
  });
  await page.exposeFunction('tellViolation', (text: string) => void seen.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (window as unknown as { tellViolation(text: string): void }).tellViolation(
        `${violatedDirective} refused ${blockedURI}`,
      );
    });
  });
  await page.goto(url);
  return seen;
}

/** What axe-core finds serious or critical on the page as it is, a line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

/** Whether anything is cut off sideways: the page itself never scrolls that way. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** Kept for a person to look at, in a folder that git ignores. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
