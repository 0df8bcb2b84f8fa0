import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { boundaries } from './tools/boundaries.mjs';

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/.next/**',
      '**/node_modules/**',
      '**/coverage/**',
      '.nx/**',
      '.lesionwise/**',
      'apps/api/src/generated/**',
      'apps/web/src/gql/**',
      'clients/typescript/src/gql/**',
      '**/.venv/**',
      'apps/web/next-env.d.ts',
      'libs/metrics/api-docs/**',
      'e2e/test-results/**',
      'e2e/playwright-report/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          'apps/api/tsconfig.test.json',
          'apps/web/tsconfig.json',
          'libs/*/tsconfig.test.json',
          'clients/typescript/tsconfig.test.json',
          'e2e/tsconfig.json',
          'tools/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      complexity: ['warn', 10],
      'max-lines': ['warn', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      // Indexing is checked by the compiler (noUncheckedIndexedAccess); `!` says "the loop bounds prove it".
      '@typescript-eslint/no-non-null-assertion': 'off',
      // GraphQL object types are classes of decorated fields, and input types need constructors of nothing.
      '@typescript-eslint/no-extraneous-class': 'off',
      // Rows are handed to GraphQL as they are; the class only says which of their fields are public.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['**/*.test.{ts,tsx}', 'apps/api/src/testing/**/*.ts', 'e2e/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      // Answers of the API are read as a script reads them: by name, without types.
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  ...boundaries,
  prettier,
);
