import { defineConfig } from 'vite';

/** Pages one folder down in their address: `/room/…`, `/agents/…`. */
const BELOW = ['room.html', 'agents.html'];

/** One build for all pages, each of them static and alone: no page loads what only another needs. */
export default defineConfig({
  // All addresses are relative: a proxy may put the server below a path.
  base: './',
  experimental: {
    renderBuiltUrl: (file, { hostId, hostType }) =>
      hostType === 'html' ? `${BELOW.includes(hostId) ? '../' : './'}${file}` : { relative: true },
  },
  // JSX is Preact's; the playground, whose GraphiQL is React's, calls `createElement`.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The Content-Security-Policy takes no `data:` scripts, and hashes are what the long caching goes by.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Sizes are told, and held to their bounds, by scripts/buildPages.js.
    reportCompressedSize: false,
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
    rolldownOptions: {
      input: ['index.html', 'room.html', 'nodes.html', 'agents.html', 'playground.html'],
      onLog(level, log, handle) {
        // React's `'use client'`, which says nothing to a bundler of pages.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
});
