// @ts-check
import path from 'node:path';
import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * What each folder of src, or file in one, may import apart from its own folder: imports run one way. `extension.ts` wires
 * them together and may import anything.
 * @type {Record<string, string[] | undefined>}
 */
const layers = {
  util: [],
  api: ['util'],
  'api/httpClient': ['util', 'undici'],
  'api/undici.d': ['undici'],
  'api/push/textSocket': ['util', 'ws'],
  storage: ['util'],
  mailbox: ['util', 'storage', 'api'],
  emulator: ['util', 'api/schema', 'api/json'],
  'emulator/push/pushServer': ['util', 'api/schema', 'api/json', 'ws'],
  'emulator/push/pushSession': ['util', 'api/schema', 'api/json', 'ws'],
  display: ['util', 'api', 'mailbox', 'vscode'],
  accounts: ['util', 'storage', 'api', 'mailbox', 'display', 'auth', 'ids', 'vscode'],
  auth: ['util', 'storage', 'api', 'display', 'ids', 'emulator/emulator', 'vscode'],
  tree: ['util', 'api', 'mailbox', 'display', 'ids', 'vscode'],
  files: ['util', 'api', 'mailbox', 'display', 'ids', 'vscode'],
  viewers: ['util', 'api', 'mailbox', 'display', 'ids', 'vscode'],
  commands: ['util', 'api', 'mailbox', 'display', 'ids', 'auth', 'tree', 'viewers', 'vscode'],
  webview: [
    'util',
    'viewers/protocol',
    'viewers/conversationProtocol',
    'viewers/strings',
    'mailbox/search/matchRanges',
  ],
};

/** Packages that only those may import who name them above. */
const restrictedPackages = ['vscode', 'undici', 'ws'];

/** @type {import('eslint').Rule.RuleModule} */
const layering = {
  meta: { schema: [], messages: { crosses: '{{from}} must not import {{to}}: see eslint.config.mjs.' } },
  create(context) {
    const file = path.relative(path.join(import.meta.dirname, 'src'), context.filename);
    const from = file.replaceAll(path.sep, '/').replace(/\.ts$/, '');
    const folder = /^(\w+)\//.exec(from)?.[1];
    if (!folder) return {};
    const allowed = [folder, ...(layers[from] ?? layers[folder] ?? [])];

    /** @param {{ source?: unknown }} node */
    const check = (node) => {
      const source = /** @type {import('estree').Literal | null | undefined} */ (node.source);
      if (typeof source?.value !== 'string') return;
      const isRelative = source.value.startsWith('.');
      const to = isRelative ? path.posix.join(path.posix.dirname(from), source.value) : source.value;
      if (!isRelative && !restrictedPackages.includes(to.replace(/\/.*/, ''))) return;
      if (allowed.some((place) => to === place || to.startsWith(`${place}/`))) return;
      context.report({ node: source, messageId: 'crosses', data: { from, to } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

export default defineConfig(
  { ignores: ['dist/', '.vscode-test/', 'test-results/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,mts}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { house: { rules: { layering } } },
    rules: {
      'house/layering': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Our own Disposable is structurally the same as VS Code's, so that lower layers need not import it.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // The rule about enums compares types member by member, a tenth of all the time that linting takes. In these layers it
    // has nothing to find: they declare no enum, and of the packages they may import none has one (`vscode` has).
    files: ['src/{util,api,storage,mailbox,emulator,webview}/**'],
    rules: {
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
      ],
    },
  },
  {
    // Playwright asks for a pattern, even of no fixtures.
    files: ['test/{e2e,package,pages}/**/*.ts'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { sourceType: 'commonjs' },
  },
);
