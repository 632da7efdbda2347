import { defineConfig } from 'vite';

/** One build for all pages, each of them static and alone: no page loads what only another needs. */
export default defineConfig({
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
