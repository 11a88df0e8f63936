// Who may import whom; docs/architecture.md has the same table in words.
const MAY_IMPORT = {
  observability: [],
  auth: [],
  jobs: [],
  exports: ['jobs'],
  compliance: ['auth', 'jobs'],
  agents: ['auth', 'jobs', 'exports', 'compliance'],
  content: ['auth', 'jobs', 'exports', 'agents', 'compliance'],
  simulation: ['auth', 'jobs', 'agents', 'content', 'compliance'],
  integrations: ['auth', 'jobs', 'agents', 'content', 'compliance', 'simulation'],
  scheduler: ['auth', 'jobs', 'agents', 'content', 'compliance', 'integrations'],
  orchestrator: [
    'auth',
    'jobs',
    'agents',
    'content',
    'compliance',
    'simulation',
    'integrations',
    'scheduler',
  ],
  // It calls the API and nobody's services: see docs/adr/0037.
  command: ['auth'],
  healing: ['jobs'],
  bots: ['auth', 'jobs', 'healing'],
};

const modules = Object.keys(MAY_IMPORT);

const moduleRules = modules.flatMap((name) => {
  const strangers = modules.filter((other) => other !== name && !MAY_IMPORT[name].includes(other));
  const friends = MAY_IMPORT[name];
  return [
    {
      name: `${name}-imports-stranger`,
      severity: 'error',
      from: { path: `^src/modules/${name}/` },
      to: { path: `^src/modules/(${strangers.join('|')})/` },
    },
    ...(friends.length === 0
      ? []
      : [
          {
            name: `${name}-reaches-inside`,
            comment: 'another module is used through its index.ts',
            severity: 'error',
            from: { path: `^src/modules/${name}/` },
            to: { path: `^src/modules/(${friends.join('|')})/`, pathNot: '/index\\.ts$' },
          },
        ]),
  ];
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...moduleRules,
    {
      name: 'unlisted-module',
      comment: 'a new module states here what it may import',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: `^src/modules/(${modules.join('|')})/` },
      to: {},
    },
    {
      name: 'engine-is-pure',
      comment: 'no Nest, TypeORM, Node API, clock or I/O',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/engine/' },
    },
    {
      name: 'engine-for-simulation-only',
      comment: 'everybody may use its random numbers and deterministic mathematics',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engine|modules/simulation)/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/(random|math)\\.ts$' },
    },
    {
      name: 'core-knows-no-feature',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(modules|engine|[^/]+\\.ts$)' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      comment: 'types alone close no circle',
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
