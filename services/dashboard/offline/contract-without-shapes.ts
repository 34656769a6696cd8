import { readFile } from 'node:fs/promises';
import { type Plugin, runnerImport } from 'vite';

/** What the page asks of a route; everything else of it is the server's. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly roles: readonly string[] | 'public';
}
type Routes = Readonly<Record<string, Readonly<Record<string, Route>>>>;

const SHAPES = /\/libs\/contract\/src\/(?:shapes\/[\w-]+|problem|roles|scopes)\.ts$/;
const ROUTES = '/libs/contract/src/routes.ts';
const CONTRACT = '/libs/contract/src/';
const WHOLE = '?whole';

/**
 * Leaves out of the page what only a server needs of the contract: shapes to validate by, and the library that they are made with, which were a third of what
 * a learner's telephone waited for. Routes keep their method, path and roles; lists and other plain values stay as they are; a shape that a place does check
 * something by is loaded with that place.
 *
 * @param index the contract's door
 */
export function contractWithoutShapes(index: string): Plugin {
  let values: Readonly<Record<string, unknown>>;
  return {
    name: 'contract-without-shapes',
    apply: 'build',
    enforce: 'pre',
    async buildStart() {
      values = (await runnerImport<Readonly<Record<string, unknown>>>(index, { configFile: false, logLevel: 'error' })).module;
    },
    async load(id) {
      if (id.endsWith(WHOLE)) return { code: await readFile(id.slice(0, -WHOLE.length), 'utf8'), moduleType: 'ts', moduleSideEffects: false };
      if (id.endsWith(ROUTES)) return { code: routesOf(values), moduleType: 'js', moduleSideEffects: false };
      if (SHAPES.test(id)) return { code: plainOf(id, await readFile(id, 'utf8'), values), moduleType: 'js', moduleSideEffects: false };
      return null;
    },
    transform(_, id) {
      return id.includes(CONTRACT) ? { moduleSideEffects: false } : null;
    },
  };
} // prettier-ignore

function routesOf(values: Readonly<Record<string, unknown>>): string {
  const light = Object.entries(values.routes as Routes).map(([area, group]) => {
    const own = Object.entries(group).map(([name, { method, path, roles }]) => [name, { method, path, roles }]);
    return [area, Object.fromEntries(own) as unknown];
  });
  return `export const PREFIX = ${JSON.stringify(values.PREFIX)};
export const routes = ${JSON.stringify(Object.fromEntries(light))};
export const routeList = /* @__PURE__ */ Object.entries(routes).flatMap(([area, group]) => Object.entries(group).map(([name, route]) => ({ name: area + '.' + name, route })));`;
}

/** Plain values as they are; shapes and functions from the file itself, which is then loaded where one of them is used. */
export function plainOf(id: string, source: string, values: Readonly<Record<string, unknown>>): string {
  const names = [...new Set([...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name!))];
  const isPlain = (name: string) => name in values && plain(values[name]);
  const whole = names.filter((name) => !isPlain(name));
  return [
    ...names.filter(isPlain).map((name) => `export const ${name} = ${JSON.stringify(values[name])};`),
    ...(whole.length > 0 ? [`export { ${whole.join(', ')} } from ${JSON.stringify(`${id}${WHOLE}`)};`] : []),
  ].join('\n');
}

function plain(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(plain);
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(plain);
}
