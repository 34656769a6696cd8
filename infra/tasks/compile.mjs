/**
 * Compiles one project's `src` to `dist` with swc (types are checked by `npm run types`; this only has to be quick).
 *
 * Usage: node infra/tasks/compile.mjs libs/xapi
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from '@swc/core';

const project = process.argv[2];
if (!project) throw new Error('usage: compile.mjs PROJECT_FOLDER');
const source = path.resolve(project, 'src');
const target = path.resolve(project, 'dist');
const options = {
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
  sourceMaps: true,
  swcrc: false,
};

await rm(target, { recursive: true, force: true });
const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(file));
await Promise.all(
  files.map(async (file) => {
    const code = await readFile(path.join(source, file), 'utf8');
    const output = path.join(target, file.replace(/\.ts$/, '.js'));
    const sourceFileName = path.relative(path.dirname(output), path.join(source, file));
    const compiled = await transform(code, { ...options, filename: path.join(source, file), sourceFileName });
    await mkdir(path.dirname(output), { recursive: true });
    await writeFile(output, `${compiled.code}\n//# sourceMappingURL=${path.basename(output)}.map\n`);
    await writeFile(`${output}.map`, compiled.map ?? '');
  }),
);
