import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Plugin, type Rollup } from 'vite';

/** Places that learners open, beside practice, which comes with the page itself: their code is on the device before it is wanted. Others are fetched when they are opened. */
const PLACES = ['me-page', 'plan-page', 'placement-page', 'sign-in-page'];
const PACKED = /\.(?:js|css|html|svg)$/;
/** Smaller files do not get smaller. */
const LEAST_BYTES = 1_024;

type Bundle = Rollup.OutputBundle;

/** Every file that the entry and the learners' places need, styles and shared code too. Sorted, without the worker itself. */
export function shellFiles(bundle: Bundle): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(name)) return;
    found.add(name);
    chunk.imports.forEach(visit);
    for (const style of (chunk as { viteMetadata?: { importedCss: ReadonlySet<string> } }).viteMetadata?.importedCss ?? []) found.add(style);
  };
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && chunk.fileName !== 'sw.js' && (chunk.isEntry || PLACES.includes(chunk.name) || chunk.name === 'es')) visit(chunk.fileName);
  }
  return [...found].sort().map((name) => `/${name}`);
} // prettier-ignore

/**
 * Tells the worker which files it keeps, under a name that changes with them, and packs every file for the way: brotli takes seconds that a build has and a
 * request has not.
 */
export function keepShell(): Plugin {
  return {
    name: 'keep-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') this.error('the worker was not built');
      if (worker.imports.length > 0) this.error(`the worker is one file, and would have to import ${worker.imports.join(', ')}`);
      const files = ['/mark.svg', ...shellFiles(bundle)];
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
      const told = worker.code.replaceAll('__SHELL__', JSON.stringify({ version, files }));
      if (told === worker.code) this.error('the worker does not ask for its files');
      worker.code = told;
    },
    async writeBundle({ dir }, bundle) {
      const { readFile, writeFile } = await import('node:fs/promises');
      for (const name of [...Object.keys(bundle).filter((one) => PACKED.test(one))]) {
        const bytes = await readFile(`${dir}/${name}`);
        if (bytes.length < LEAST_BYTES) continue;
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
        const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes, quality), promisify(gzip)(bytes, { level: 9 })]);
        await Promise.all([writeFile(`${dir}/${name}.br`, br), writeFile(`${dir}/${name}.gz`, gz)]);
      }
    },
  };
}
