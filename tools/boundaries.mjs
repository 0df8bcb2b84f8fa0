// Who may import whom. Arrows point to what may be imported:
// accounts ← studies ← patients ← images ← imports ← models ← cohorts ← inference ← certificates ← scoring ← comparison ← evaluation ← aliases ← planning ← exports ← reports ← commands
// A feature is entered by its services, types, inputs and loaders only.

export const features = [
  'accounts',
  'studies',
  'patients',
  'images',
  'imports',
  'models',
  'cohorts',
  'inference',
  'certificates',
  'scoring',
  'comparison',
  'evaluation',
  'aliases',
  'planning',
  'exports',
  'reports',
  'commands',
];

const restrict = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const noApp = {
  regex: '(^|/)(apps|e2e)/|@lesionwise/(api|web|e2e)',
  message: 'A library imports no application.',
};
const noLibrary = { regex: '^@lesionwise/', message: 'A library imports no other library.' };
const closedDoor = {
  regex: '^@lesionwise/[^/]+/',
  message: 'A library has one door: import the package by its name.',
};
const generatedClient = {
  regex: '/generated/',
  message: 'Prisma is reached through db.ts.',
};
// libs/model reads pixels and runs networks; only what stores images, checks packages or infers needs it.
const modelLibrary = {
  regex: '^@lesionwise/model$',
  message:
    'Only images/, imports/, models/, certificates/, scoring/ and commands/ may read pixels or run networks.',
};
const mayUseModel = ['images', 'imports', 'models', 'certificates', 'scoring', 'commands'];

const later = (feature) =>
  features.slice(features.indexOf(feature) + 1).map((name) => ({
    regex: `^\\.\\./(\\.\\./)*${name}/`,
    message: `${feature}/ comes before ${name}/ and may not import it.`,
  }));
const innerDoors = (feature) => ({
  regex: `^\\.\\./(?:${features.filter((name) => name !== feature).join('|')})/(?!.*\\.(?:service|type|input|loader)\\.js$)`,
  message: 'Another feature is entered by its .service, .type, .input or .loader file.',
});

const statistic =
  '/^(auc|rocAuc|jaccard|dice|sensitivity|specificity|accuracy|mean|median|average|variance|standardDeviation|standardError|quantile|percentile|bootstrap|kappa|confidenceInterval)$/';
const count =
  '/^((true|false)?(positive|negative)s?(px)?|(true|false)(Positive|Negative)s?(Px)?|[tf][pn])$/i';
const sayMetrics = 'Statistics are computed by @lesionwise/metrics and nowhere else.';

/** What a statistic is made of; nothing of it belongs into an application. */
const noStatistics = {
  'no-restricted-properties': [
    'error',
    ...['sqrt', 'log', 'log2', 'log10', 'exp', 'pow', 'cbrt'].map((property) => ({
      object: 'Math',
      property,
      message: sayMetrics,
    })),
  ],
  'no-restricted-syntax': [
    'error',
    ...[
      `FunctionDeclaration[id.name=${statistic}]`,
      `VariableDeclarator[id.name=${statistic}][init.type=/Function/]`,
      `BinaryExpression[operator='/'][right.name=${count}]`,
      `BinaryExpression[operator='/'][right.property.name=${count}]`,
      `BinaryExpression[operator='/'][left.property.name=${count}]`,
    ].map((selector) => ({ selector, message: sayMetrics })),
  ],
};

/** @type {import('eslint').Linter.Config[]} */
export const boundaries = [
  {
    files: ['apps/*/src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: noStatistics,
  },
  { files: ['libs/*/src/**/*.ts'], rules: restrict([noApp, noLibrary]) },
  {
    files: ['libs/metrics/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: restrict([
      noApp,
      noLibrary,
      { regex: '^(node:|[^.])', message: 'libs/metrics depends on nothing and does no I/O.' },
    ]),
  },
  ...features.map((feature) => ({
    files: [`apps/api/src/${feature}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: restrict([
      closedDoor,
      generatedClient,
      ...later(feature),
      ...(feature === 'commands' ? [] : [innerDoors(feature)]),
      ...(mayUseModel.includes(feature) ? [] : [modelLibrary]),
    ]),
  })),
  {
    files: ['apps/web/src/**/*.{ts,tsx}'],
    rules: restrict([
      {
        regex: '@lesionwise/|(^|/)(apps/api|libs)/',
        message: 'The web knows the API by its schema only, and computes no statistic.',
      },
    ]),
  },
  {
    files: ['e2e/**/*.ts'],
    rules: restrict([
      {
        regex: '@lesionwise/|(^|/)(apps|libs)/',
        message: 'End-to-end tests know addresses and words on screen only.',
      },
    ]),
  },
];
