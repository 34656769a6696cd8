/**
 * Resolves what the project writes (`./thing.js`, `@pharos/name`) to its TypeScript source; everything else is left to Jest.
 * Node itself resolves the same specifiers to the built files.
 */
const { existsSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const roomOf = (name) => ['libs', 'services', 'test'].map((top) => path.join(root, top, name)).find((dir) => existsSync(dir));

module.exports = (request, options) => {
  const own = !options.basedir.includes(`${path.sep}node_modules${path.sep}`);
  const scoped = /^@pharos\/([^/]+)(?:\/(.+))?$/.exec(request);
  if (scoped) {
    const room = roomOf(scoped[1]);
    if (!room) throw Object.assign(new Error(`no room is called ${request}`), { code: 'MODULE_NOT_FOUND' });
    return path.join(room, 'src', `${scoped[2] ?? 'index'}.ts`);
  }
  if (own && /^\.{1,2}\/.*\.js$/.test(request)) {
    for (const extension of ['.ts', '.tsx']) {
      const file = path.resolve(options.basedir, request.replace(/\.js$/, extension));
      if (existsSync(file)) return file;
    }
  }
  return options.defaultResolver(request, options);
};
