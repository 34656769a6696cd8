/**
 * Lints single lines of import as if they stood in a file of the house, with the repository's own rules. A program of its
 * own: ESLint and the project graph are loaded by Node as they are when people lint.
 *
 * Standard input: `[{ "file": "libs/xapi/src/index.ts", "code": "import 'pg';" }]`. Standard output: rule ids per case.
 */
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

const cases = JSON.parse(await text(process.stdin)) as readonly { readonly file: string; readonly code: string }[];
const eslint = new ESLint();
const found: string[][] = [];
for (const { file, code } of cases) {
  const [result] = await eslint.lintText(code, { filePath: file });
  found.push((result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(JSON.stringify(found));
