import react from '@vitejs/plugin-react';
import { defineConfig, type ProxyOptions } from 'vite';
import { madeUpDistrict } from './dev/made-up-district.js';
import { contractWithoutShapes } from './offline/contract-without-shapes.js';
import { keepShell } from './offline/keep-shell.js';

const contract = new URL('../../libs/contract/src/index.ts', import.meta.url).pathname;
const here = (file: string): string => new URL(file, import.meta.url).pathname;
const server = process.env.PHAROS_URL;
const proxy: Record<string, ProxyOptions> = server ? { '/api': { target: server, changeOrigin: true } } : {};

const START =
  /node_modules\/(?:react|react-dom|scheduler|use-sync-external-store|idb|i18next|react-i18next|@tanstack\/(?:react-)?(?:router|router-core|query|query-core|history|store))\/|dashboard\/src\/(?:app|look|practice|mastery)\/|dashboard\/src\/i18n\/(?:i18n|en|plural-forms|pseudo)\.ts|dashboard\/src\/i18n\/en\/|dashboard\/src\/parts\/(?:waiting|trouble)\.tsx|libs\/contract\/src\/(?:client|routes|problem|texts\/locale|shapes\/practice)\.ts$/;

/**
 * The page is built from the contract's source, so that it needs no other project's build.
 * `vite services/dashboard` answers from a made-up district, or from a running server when PHAROS_URL names one.
 */
export default defineConfig({
  plugins: [react(), contractWithoutShapes(contract), keepShell(), ...(server ? [] : [madeUpDistrict()])],
  resolve: { alias: { '@pharos/contract': contract } },
  server: { port: 5173, proxy },
  // Found late, they would make the page load again in the middle of a look.
  optimizeDeps: {
    include: ['@tanstack/react-table', 'echarts/core', 'echarts/charts', 'echarts/components', 'echarts/features', 'echarts/renderers'],
  },
  build: {
    target: 'es2023',
    reportCompressedSize: false,
    // ECharts is one chunk that no first screen waits for.
    chunkSizeWarningLimit: 800,
    sourcemap: false,
    rollupOptions: {
      // The worker stands at an address that never changes; everything else has its content's hash in its name.
      input: { page: here('index.html'), sw: here('src/offline/worker.ts') },
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        // What every place needs, and practice, in one file: on a slow line each of twenty small ones waits for its turn. Not the worker, which stands alone.
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'start', test: START }] },
      },
    },
  },
});
