// Which folder may import which. Every rule is about resolved files, so alias and relative spellings are equal.
const no = (name, from, to) => ({ name, severity: 'error', from, to })

const STORE = '^lib/.*[/-]store\\.ts$'
const DB = ['^lib/platform/db\\.ts$', '^prisma/generated/']
const TEST = [
  '\\.(test|spec)\\.tsx?$',
  '^e2e/',
  '^simulators/',
  '^lib/testing/',
  '/fixtures/',
  '^vitest\\.config',
  '^playwright\\.config',
]
/** Written by scripts/routes.mjs: the only file of lib/ that knows app/. */
const ROUTES = '^lib/http/routes\\.generated\\.ts$'
/** What a connector may know of the inbox. */
const VOCABULARY = '^lib/inbox/message\\.ts$'

/** Files of lib/<folder> see their own folder and the allowed ones. */
const only = (name, folder, allowed) =>
  no(
    name,
    { path: `^lib/${folder}/`, pathNot: [...TEST, ROUTES] },
    { path: '^lib/', pathNot: `^lib/(${[folder, ...allowed].join('|')})/` },
  )

module.exports = {
  forbidden: [
    no('no-circular', { pathNot: '^prisma/generated/' }, { circular: true }),
    no('not-to-unresolvable', {}, { couldNotResolve: true }),

    // Layers.
    no(
      'lib-knows-no-pages',
      { path: '^lib/', pathNot: [...TEST, ROUTES] },
      { path: '^(app|components|e2e|messages)/' },
    ),
    no('only-the-host-knows-the-routes', { pathNot: '^serve\\.ts$' }, { path: ROUTES }),
    no('components-know-no-pages', { path: '^components/', pathNot: TEST }, { path: '^(app|e2e)/' }),
    no(
      'components-are-safe-in-the-browser',
      { path: '^components/', pathNot: TEST },
      { path: '^(lib|prisma)/', pathNot: '^lib/(shared|contracts|client)/' },
    ),
    no(
      'components-do-not-know-other-features',
      { path: '^components/([^/]+)/', pathNot: ['^components/(ui|shell)/', ...TEST] },
      { path: '^components/', pathNot: ['^components/(ui|shell)/', '^components/$1/'] },
    ),
    no(
      'primitives-know-no-feature',
      { path: '^components/ui/', pathNot: TEST },
      { path: '^(components|lib)/', pathNot: ['^components/ui/', '^lib/shared/'] },
    ),
    no(
      'pages-and-routes-go-through-use-cases',
      { path: '^app/', pathNot: TEST },
      { path: ['^lib/(platform|connectors|jobs|testing)/', STORE] },
    ),
    no(
      'the-host-starts-and-serves-only',
      { path: '^(server|serve|start-up|instrumentation)\\.ts$' },
      { path: '^(app|lib|components)/', pathNot: '^lib/(jobs|http|auth|platform|shared)/' },
    ),

    // What each folder of lib/ may see.
    only('shared-is-the-bottom', 'shared', []),
    only('contracts-know-only-shared', 'contracts', ['shared']),
    only('client-knows-only-contracts', 'client', ['shared', 'contracts']),
    only('platform-knows-no-domain', 'platform', ['shared']),
    only('inbox-knows-no-vendor', 'inbox', ['platform', 'shared', 'contracts']),
    only('auth-stands-alone', 'auth', ['platform', 'shared', 'contracts']),
    only('http-knows-no-feature', 'http', ['auth', 'platform', 'shared', 'contracts']),
    only('integrations-join-core-and-vendors', 'integrations', [
      'connectors',
      'inbox',
      'auth',
      'platform',
      'shared',
      'contracts',
    ]),
    only('jobs-only-start-use-cases', 'jobs', ['integrations', 'auth', 'platform', 'shared']),
    no(
      'inbox-never-reaches-a-vendor',
      { path: '^lib/inbox/', pathNot: TEST },
      { path: '^lib/(connectors|integrations|jobs)/', reachable: true },
    ),

    // Vendors.
    no(
      'a-connector-looks-inward-only',
      { path: '^lib/connectors/', pathNot: TEST },
      { path: '^lib/', pathNot: ['^lib/(connectors|platform|shared)/', VOCABULARY] },
    ),
    no(
      'vendors-do-not-know-each-other',
      { path: '^lib/connectors/([^/]+)/', pathNot: TEST },
      { path: '^lib/connectors/[^/]+/', pathNot: '^lib/connectors/$1/' },
    ),
    no(
      'a-vendor-is-entered-by-its-index',
      { pathNot: ['^lib/connectors/[^/]+/', ...TEST] },
      { path: '^lib/connectors/[^/]+/(?!index\\.ts$)' },
    ),
    no(
      'only-the-registry-knows-vendors',
      { pathNot: ['^lib/connectors/registry\\.ts$', '^lib/connectors/[^/]+/', ...TEST] },
      { path: '^lib/connectors/[^/]+/' },
    ),
    no(
      'only-integrations-use-the-registry',
      { pathNot: ['^lib/integrations/', ...TEST] },
      { path: '^lib/connectors/registry\\.ts$' },
    ),

    // The database and the tests.
    no('a-connector-never-sees-the-database', { path: '^lib/connectors/', pathNot: TEST }, { path: DB }),
    no(
      'only-stores-see-the-database',
      { pathNot: [STORE, '^lib/platform/', '^prisma/', ...TEST] },
      { path: DB },
    ),
    no(
      'a-store-is-private-to-its-folder',
      { path: '^lib/([^/]+)/', pathNot: TEST },
      { path: STORE, pathNot: '^lib/$1/' },
    ),
    no('nothing-needs-the-tests', { pathNot: TEST }, { path: TEST }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|\\.next|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
