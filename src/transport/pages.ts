import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import Negotiator from 'negotiator';
import send from 'send';
import { pathOf } from './paths.js';
import { type Handler, sendJson } from './reply.js';

interface PagesOptions {
  /** Where the built pages are; null, as when there are none in it, is a server without pages. */
  folder: string | null;
  /** Whether partners may try the API in a browser. */
  hasPlayground: boolean;
}

export interface Pages {
  /** What serves this path; null when it is no page's. */
  at(path: string): Handler | null;
  /** Sends a browser that opens the API's address to the playground; answers false when it is no browser. */
  lead(request: IncomingMessage, response: ServerResponse): boolean;
}

/** Nothing from elsewhere, nothing inline: a text that became markup would still run nothing. */
const ROOM_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The editor styles itself as it runs, draws its cursor from `data:`, and checks what is typed in workers. */
const PLAYGROUND_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'self'; frame-ancestors 'none'";

const PLAYGROUND = '/playground';
/** What a link to the playground may carry; a token never stands in a URL. */
const DEEP_LINK = ['query', 'variables'];

/** A path and the file that is its page: what follows in the path is for the page to read. */
const PAGES = [
  { path: /^\/$/, file: '/index.html', policy: ROOM_POLICY },
  { path: /^\/room\/[^/]+$/, file: '/room.html', policy: ROOM_POLICY },
  { path: /^\/agents$/, file: '/nodes.html', policy: ROOM_POLICY },
  { path: /^\/agents\/[^/]+$/, file: '/agents.html', policy: ROOM_POLICY },
  { path: /^\/playground$/, file: '/playground.html', policy: PLAYGROUND_POLICY },
] as const;

/** The pages people look at: static files, compressed when they were built. They may be built anew while this runs. */
export function createPages({ folder, hasPlayground }: PagesOptions): Pages {
  if (folder === null || !existsSync(join(folder, 'index.html')))
    return { at: () => null, lead: () => false };
  const isHidden = (path: string): boolean => path === PLAYGROUND && !hasPlayground;

  return {
    at(path) {
      if (/^\/assets\/[\w-][\w.-]*$/.test(path)) return serve(folder, path, null);
      const bare = path.length > 1 ? path.replace(/\/$/, '') : path;
      const page = PAGES.find((one) => one.path.test(bare));
      if (page === undefined || isHidden(bare)) return null;
      return bare === path ? serve(folder, page.file, page.policy) : withoutSlash;
    },
    lead(request, response) {
      if (isHidden(PLAYGROUND) || !isNavigation(request)) return false;
      const asked = new URL(request.url ?? '/', 'http://localhost').searchParams;
      const kept = new URLSearchParams([...asked].filter(([name]) => DEEP_LINK.includes(name)));
      const place = pathOf(request).endsWith('/') ? '../playground' : 'playground';
      const location = kept.size === 0 ? place : `${place}?${kept}`;
      response.writeHead(303, { location, vary: 'Accept' }).end();
      return true;
    },
  };
}

/**
 * Pages name what they load by relative addresses, which a slash at the end would lead astray. So does this: a proxy may
 * have taken the first part of the path away.
 */
const withoutSlash: Handler = async (request, response) => {
  const [name = ''] = pathOf(request).split('/').slice(-2);
  const [, search = ''] = /(\?.*)/.exec(request.url ?? '') ?? [];
  request.resume();
  response.writeHead(301, { location: `../${name}${search}` }).end();
};

const ENCODINGS = { br: '.br', gzip: '.gz', identity: '' } as const;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

const serve =
  (folder: string, file: string, policy: string | null): Handler =>
  async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      request.resume();
      response.setHeader('allow', 'GET, HEAD');
      return sendJson(response, 405, { error: `Expected GET or HEAD of a page, got ${request.method}.` });
    }
    const encoding = encodingOf(request, join(folder, file));
    // By hash in its name an asset never changes; a page is asked for anew each time, and answered 304.
    const caching = policy === null ? 'public, max-age=31536000, immutable' : 'no-cache';
    send(request, `${file}${ENCODINGS[encoding]}`, { root: folder, cacheControl: false, acceptRanges: false })
      .on('headers', () => {
        response.setHeader('cache-control', caching);
        response.setHeader('vary', 'Accept-Encoding');
        response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
        if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
        if (policy !== null) response.setHeader('content-security-policy', policy);
      })
      .on('error', () => {
        if (response.headersSent) response.destroy();
        else sendJson(response, 404, { error: 'There is no such file.' });
      })
      .pipe(response);
  };

/** The smallest of what the browser takes and the build made. */
function encodingOf(request: IncomingMessage, file: string): keyof typeof ENCODINGS {
  const taken = new Negotiator(request).encodings(['br', 'gzip']);
  const found = (['br', 'gzip'] as const).find(
    (one) => taken.includes(one) && existsSync(`${file}${ENCODINGS[one]}`),
  );
  return found ?? 'identity';
}

/** Opened by a person in a browser, and not asked by a program, which names JSON. */
const isNavigation = ({ method, headers: { accept = '', 'content-type': type } }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  type === undefined &&
  /\btext\/html\b/i.test(accept) &&
  !/\bjson\b/i.test(accept);
