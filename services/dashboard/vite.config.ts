import react from '@vitejs/plugin-react';
import { defineConfig, type ProxyOptions } from 'vite';
import { madeUpDistrict } from './dev/made-up-district.js';
import { keepShell } from './offline/keep-shell.js';

const contract = new URL('../../libs/contract/src/index.ts', import.meta.url).pathname;
const here = (file: string): string => new URL(file, import.meta.url).pathname;
const server = process.env.PHAROS_URL;
const proxy: Record<string, ProxyOptions> = server ? { '/api': { target: server, changeOrigin: true } } : {};

/**
 * The page is built from the contract's source, so that it needs no other project's build.
 * `vite services/dashboard` answers from a made-up district, or from a running server when PHAROS_URL names one.
 */
export default defineConfig({
  plugins: [react(), keepShell(), ...(server ? [] : [madeUpDistrict()])],
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
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
